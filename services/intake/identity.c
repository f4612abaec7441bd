/* SPDX-License-Identifier: Apache-2.0 */
#include "services/intake/identity.h"

#include <string.h>

/* Characters of a number: its value is where it stands. No I, O, S, V, Z: they look like digits. */
static const char citizen_alphabet[] = "0123456789X";
static const char organisation_alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
static const char digits[] = "0123456789";
static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char letters_and_digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

enum { STANDARD_LENGTH = 18, CHECK_AT = STANDARD_LENGTH - 1, EARLIEST_BIRTH_YEAR = 1800 };

static bool all_of(const char *from, size_t n, const char *alphabet)
{
    return strspn(from, alphabet) >= n;
}

static int32_t number_at(const char *from, int n)
{
    int32_t value = 0;

    for (int i = 0; i < n; i++)
        value = value * 10 + (from[i] - '0');
    return value;
}

/* Provinces by GB/T 2260. */
static bool is_province(int32_t region)
{
    static const struct {
        int8_t from, to;
    } provinces[] = {{11, 15}, {21, 23}, {31, 37}, {41, 46}, {50, 54}, {61, 65}, {71, 71}};

    for (size_t i = 0; i < sizeof(provinces) / sizeof(provinces[0]); i++)
        if (region >= provinces[i].from && region <= provinces[i].to)
            return true;
    return false;
}

/* Hong Kong, Macao, and Taiwan, as residence permits write it. */
static bool is_outer_region(int32_t region)
{
    return region >= 81 && region <= 83;
}

static bool is_birth(int32_t yyyymmdd, struct day today)
{
    int32_t year = yyyymmdd / 10000;
    int32_t month = yyyymmdd / 100 % 100;
    int32_t day = yyyymmdd % 100;

    return year >= EARLIEST_BIRTH_YEAR && ymd_is_date(year, month, day) &&
           day_from_ymd(year, month, day).n <= today.n;
}

/* ISO 7064 MOD 11-2: each character before the check character doubles; the sum is 1. */
static bool citizen_checks(const char *kept)
{
    int32_t sum = 0;

    for (int i = 0; i < STANDARD_LENGTH; i++)
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

/* ---- one rule a kind; the text has capitals, and a length that the table allows */

/* 17 digits and a check character, with the date of birth from the 7th on. */
static enum identity_fault born_fault(const char *kept, bool is_place, struct day today)
{
    if (!is_place)
        return IDENTITY_REGION;
    if (!is_birth(number_at(kept + 6, 8), today))
        return IDENTITY_DATE;
    return citizen_checks(kept) ? IDENTITY_OK : IDENTITY_CHECK;
}

static bool is_citizen_text(const char *kept)
{
    return all_of(kept, CHECK_AT, digits) && all_of(kept + CHECK_AT, 1, citizen_alphabet);
}

static enum identity_fault identity_card(const char *kept, struct day today)
{
    if (!is_citizen_text(kept))
        return IDENTITY_CHARACTER;
    return born_fault(kept, is_province(number_at(kept, 2)), today);
}

static enum identity_fault residence_permit(const char *kept, struct day today)
{
    if (!is_citizen_text(kept))
        return IDENTITY_CHARACTER;
    return born_fault(kept, is_outer_region(number_at(kept, 2)), today);
}

/* Form of 2023: 9, province, country (three digits, ISO 3166). Older form: the country's three
 * letters and 12 digits. */
static enum identity_fault permanent_residence_card(const char *kept, struct day today)
{
    enum { OLD_LENGTH = 15, COUNTRY_LETTERS = 3 };

    if (strlen(kept) == OLD_LENGTH)
        return all_of(kept, COUNTRY_LETTERS, letters) &&
                       all_of(kept + COUNTRY_LETTERS, OLD_LENGTH - COUNTRY_LETTERS, digits)
                   ? IDENTITY_OK
                   : IDENTITY_CHARACTER;
    if (strlen(kept) != STANDARD_LENGTH)
        return IDENTITY_LENGTH;
    if (!is_citizen_text(kept) || kept[0] != '9')
        return IDENTITY_CHARACTER;
    return born_fault(kept, is_province(number_at(kept + 1, 2)) && number_at(kept + 3, 3) != 0,
                      today);
}

/* The registrar's region follows two characters of registrar and kind; 10 is a national one. */
static enum identity_fault credit_code(const char *kept, struct day today)
{
    enum { NATIONAL = 10 };

    (void)today;
    if (!all_of(kept, STANDARD_LENGTH, organisation_alphabet) || !all_of(kept + 2, 6, digits))
        return IDENTITY_CHARACTER;

    int32_t region = number_at(kept + 2, 2);

    if (region != NATIONAL && !is_province(region) && !is_outer_region(region))
        return IDENTITY_REGION;
    return organisation_checks(kept) ? IDENTITY_OK : IDENTITY_CHECK;
}

static enum identity_fault home_return_permit(const char *kept, struct day today)
{
    enum { DIGITS = 8, DIGITS_WITH_ISSUES = 10 };
    size_t n = strlen(kept + 1);

    (void)today;
    if (!all_of(kept, 1, "HM") || !all_of(kept + 1, n, digits))
        return IDENTITY_CHARACTER;
    return n == DIGITS || n == DIGITS_WITH_ISSUES ? IDENTITY_OK : IDENTITY_LENGTH;
}

static enum identity_fault taiwan_permit(const char *kept, struct day today)
{
    enum { DIGITS = 8, OLD_DIGITS = 10 };
    size_t n = strspn(kept, digits), rest = strlen(kept + n);

    (void)today;
    if (rest > 0 && (n != OLD_DIGITS || !all_of(kept + n, rest, letters)))
        return IDENTITY_CHARACTER;
    return (n == DIGITS || n == OLD_DIGITS) && rest <= 1 ? IDENTITY_OK : IDENTITY_LENGTH;
}

/* Any letters and digits, one digit at least. */
static enum identity_fault any_number(const char *kept, struct day today)
{
    (void)today;
    return all_of(kept, strlen(kept), letters_and_digits) && strpbrk(kept, digits) != NULL
               ? IDENTITY_OK
               : IDENTITY_CHARACTER;
}

static const struct {
    int8_t least, most; /* characters */
    enum identity_fault (*fault)(const char *kept, struct day today);
} kinds[DOCUMENT_KINDS] = {
    [DOCUMENT_IDENTITY_CARD] = {STANDARD_LENGTH, STANDARD_LENGTH, identity_card},
    [DOCUMENT_CREDIT_CODE] = {STANDARD_LENGTH, STANDARD_LENGTH, credit_code},
    [DOCUMENT_RESIDENCE_PERMIT] = {STANDARD_LENGTH, STANDARD_LENGTH, residence_permit},
    [DOCUMENT_PERMANENT_RESIDENCE_CARD] = {15, STANDARD_LENGTH, permanent_residence_card},
    [DOCUMENT_PASSPORT] = {5, 20, any_number},
    [DOCUMENT_HOME_RETURN_PERMIT] = {9, 11, home_return_permit},
    [DOCUMENT_TAIWAN_PERMIT] = {8, 11, taiwan_permit},
    [DOCUMENT_OTHER] = {IDENTITY_MIN_CHARS, IDENTITY_MAX_CHARS, any_number},
};

/* ---- */

/* Copy a number in capitals; false when its kind has none of this length. */
static bool copy_capitals(enum document_kind kind, const char *text, char kept[IDENTITY_SIZE])
{
    size_t n = strnlen(text, IDENTITY_SIZE);
    if (n < (size_t)kinds[kind].least || n > (size_t)kinds[kind].most)
        return false;
    for (size_t i = 0; i <= n; i++)
        kept[i] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
    return true;
}

enum identity_fault identity_check(enum document_kind kind, const char *text, struct day today,
                                   char kept[IDENTITY_SIZE])
{
    enum identity_fault fault =
        copy_capitals(kind, text, kept) ? kinds[kind].fault(kept, today) : IDENTITY_LENGTH;

    if (fault != IDENTITY_OK && fault != IDENTITY_CHECK)
        kept[0] = '\0';
    return fault;
}

enum document_kind identity_usual(bool organisation, const char *text)
{
    if (organisation)
        return DOCUMENT_CREDIT_CODE;
    if (text[0] == '9' && strlen(text) == STANDARD_LENGTH)
        return DOCUMENT_PERMANENT_RESIDENCE_CARD;
    return all_of(text, 2, digits) && is_outer_region(number_at(text, 2))
               ? DOCUMENT_RESIDENCE_PERMIT
               : DOCUMENT_IDENTITY_CARD;
}

bool identity_suits(enum document_kind kind, bool organisation)
{
    return kind == DOCUMENT_OTHER || (kind == DOCUMENT_CREDIT_CODE) == organisation;
}
