/* SPDX-License-Identifier: Apache-2.0 */
#include "programs/simulate/people.h"

#include <stdio.h>
#include <string.h>

#define PICK(dice, list) ((list)[dice_below(dice, (int)(sizeof(list) / sizeof((list)[0])))])

static const char *const surnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄",
                                       "周", "吴", "徐", "孙", "胡", "朱", "高", "林"};
static const char *const given[] = {"伟", "芳", "娜", "敏",   "静",   "丽",  "强",
                                    "磊", "军", "洋", "勇",   "艳",   "杰",  "娟",
                                    "涛", "明", "超", "秀英", "志强", "建华"};
static const char *const streets[] = {"解放路", "和平街", "新华路", "人民路",
                                      "建设街", "胜利路", "东风街", "光明路"};
static const char *const trades[] = {"文印社", "书店",     "运输队", "装饰公司",
                                     "餐饮店", "广告公司", "维修厂", "商贸公司"};
static const char *const regions[] = {"120101", "120103", "110105", "130102",
                                      "370102", "210102", "410102", "320102"};

static void citizen(char document[DOCUMENT_SIZE], struct dice *dice)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    snprintf(document, DOCUMENT_SIZE, "%s%04d%02d%02d%03d", PICK(dice, regions),
             dice_between(dice, 1950, 2002), dice_between(dice, 1, 12), dice_between(dice, 1, 28),
             dice_between(dice, 1, 999));
    for (int i = 0; i < 17; i++)
        sum += (document[i] - '0') * weights[i];
    document[17] = "10X98765432"[sum % 11];
    document[18] = '\0';
}

static void organisation_document(char document[DOCUMENT_SIZE], struct dice *dice)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static const int subject_weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0, weight = 1;
    snprintf(document, DOCUMENT_SIZE, "91%s%08d", PICK(dice, regions), dice_below(dice, 100000000));
    /* Characters 9 to 17 are the organisation's code, which has a check character of its own (GB
     * 11714). */
    for (int i = 0; i < 8; i++)
        sum += (document[8 + i] - '0') * subject_weights[i];
    document[16] = "0123456789X0"[(11 - sum % 11) % 11];
    sum = 0;
    for (int i = 0; i < 17; i++, weight = weight * 3 % 31)
        sum += (int)(strchr(alphabet, document[i]) - alphabet) * weight;
    document[17] = alphabet[(31 - sum % 31) % 31];
    document[18] = '\0';
}

static void person(char *name, size_t size, struct dice *dice)
{
    const char *surname = PICK(dice, surnames);
    snprintf(name, size, "%s%s", surname, PICK(dice, given));
}

void people_applicant(struct applicant *applicant, bool organisation, struct dice *dice)
{
    *applicant = (struct applicant){.organisation = organisation};
    person(applicant->name, sizeof applicant->name, dice);
    if (organisation) {
        memcpy(applicant->legal_representative, applicant->name, sizeof applicant->name);
        snprintf(applicant->name + strlen(applicant->name),
                 sizeof applicant->name - strlen(applicant->name), "%s", PICK(dice, trades));
        organisation_document(applicant->document, dice);
    } else {
        citizen(applicant->document, dice);
    }
    snprintf(applicant->phone, sizeof applicant->phone, "139%08d", dice_below(dice, 100000000));
    const char *street = PICK(dice, streets);
    snprintf(applicant->address, sizeof applicant->address, "%s%d号", street,
             dice_between(dice, 1, 400));
    if (dice_chance(dice, 10)) { /* RULE L29: by agent */
        person(applicant->agent_name, sizeof applicant->agent_name, dice);
        citizen(applicant->agent_document, dice);
        memcpy(applicant->agent_phone, applicant->phone, sizeof applicant->phone);
    }
}
