/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/identity.h"

#include <string.h>

/* Characters of a number: its value is where it stands. No I, O, S, V, Z: they look like digits. */
static const char citizen_alphabet[] = "0123456789X";
static const char organisation_alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

enum { CHECK_AT = IDENTITY_LENGTH_CHARS - 1, EARLIEST_BIRTH_YEAR = 1800 };

/* Copy 18 characters in capitals. */
static bool copy_capitals(const char *text, char kept[IDENTITY_SIZE])
{
    if (strnlen(text, IDENTITY_SIZE) != IDENTITY_LENGTH_CHARS)
        return false;
    for (int i = 0; i < IDENTITY_SIZE; i++)
        kept[i] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
    return true;
}

static bool all_of(const char *from, size_t n, const char *alphabet)
{
    return strspn(from, alphabet) >= n;
}

static int32_t number_at(const char *digits, int n)
{
    int32_t value = 0;

    for (int i = 0; i < n; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

/* Provinces by GB/T 2260, and the places whose people carry a mainland number (71, 81-83). */
static bool is_region(int32_t region)
{
    static const struct {
        int8_t from, to;
    } provinces[] = {{11, 15}, {21, 23}, {31, 37}, {41, 46},
                     {50, 54}, {61, 65}, {71, 71}, {81, 83}};

    for (size_t i = 0; i < sizeof(provinces) / sizeof(provinces[0]); i++)
        if (region >= provinces[i].from && region <= provinces[i].to)
            return true;
    return false;
}

static bool is_birth(int32_t yyyymmdd, struct day today)
{
    int32_t year = yyyymmdd / 10000;
    int32_t month = yyyymmdd / 100 % 100;
    int32_t day = yyyymmdd % 100;

    return year >= EARLIEST_BIRTH_YEAR && ymd_is_date(year, month, day) &&
           day_from_ymd(year, month, day).n <= today.n;
}

/* ISO 7064 MOD 11-2: with the check character of weight 1, each one before doubles; the sum is 1.
 */
static bool citizen_checks(const char *kept)
{
    int32_t sum = 0;

    for (int i = 0; i < IDENTITY_LENGTH_CHARS; i++)
        sum = (sum * 2 + (int32_t)(strchr(citizen_alphabet, kept[i]) - citizen_alphabet)) % 11;
    return sum == 1;
}

/* GB 32100: weights 3^i mod 31, check character included with weight 1; the sum is 0. */
static bool organisation_checks(const char *kept)
{
    int32_t weight = 1;
    int32_t sum = 0;

    for (int i = 0; i < CHECK_AT; i++) {
        sum += weight * (int32_t)(strchr(organisation_alphabet, kept[i]) - organisation_alphabet);
        weight = weight * 3 % 31;
    }
    sum += (int32_t)(strchr(organisation_alphabet, kept[CHECK_AT]) - organisation_alphabet);
    return sum % 31 == 0;
}

static enum identity_fault citizen_fault(const char *kept, struct day today)
{
    if (!all_of(kept, CHECK_AT, "0123456789") || !all_of(kept + CHECK_AT, 1, citizen_alphabet))
        return IDENTITY_CHARACTER;
    if (!is_region(number_at(kept, 2)))
        return IDENTITY_REGION;
    if (!is_birth(number_at(kept + 6, 8), today))
        return IDENTITY_DATE;
    return citizen_checks(kept) ? IDENTITY_OK : IDENTITY_CHECK;
}

/* The registrar's region follows two characters of registrar and kind; 10 is a national one. */
static enum identity_fault organisation_fault(const char *kept)
{
    if (!all_of(kept, IDENTITY_LENGTH_CHARS, organisation_alphabet) ||
        !all_of(kept + 2, 6, "0123456789"))
        return IDENTITY_CHARACTER;

    int32_t region = number_at(kept + 2, 2);

    if (region != 10 && !is_region(region))
        return IDENTITY_REGION;
    return organisation_checks(kept) ? IDENTITY_OK : IDENTITY_CHECK;
}

static enum identity_fault answer(enum identity_fault fault, char kept[IDENTITY_SIZE])
{
    if (fault != IDENTITY_OK)
        kept[0] = '\0';
    return fault;
}

enum identity_fault identity_citizen(const char *text, struct day today, char kept[IDENTITY_SIZE])
{
    if (!copy_capitals(text, kept))
        return answer(IDENTITY_LENGTH, kept);
    return answer(citizen_fault(kept, today), kept);
}

enum identity_fault identity_organisation(const char *text, char kept[IDENTITY_SIZE])
{
    if (!copy_capitals(text, kept))
        return answer(IDENTITY_LENGTH, kept);
    return answer(organisation_fault(kept), kept);
}
