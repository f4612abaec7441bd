/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/phone/page.h"

#include <stdio.h>
#include <string.h>

#include "common/values/case_number.h"
#include "common/values/day.h"
#include "common/values/money.h"
#include "services/gateway/phone/words.h"

enum { TIME_TEXT_SIZE = 48, MINUTE_MS = 60000, DAY_MIN = 1440, HOURS_TEXT_SIZE = 120 };

struct writing {
    struct html html;
    const struct page *page;
};

static const char *say(const struct writing *writing, enum word which)
{
    return word(which, writing->page->language);
}

/* The better of a name in both languages; the Chinese one is always there. */
static const char *named(const struct writing *writing, const char *zh, const char *en)
{
    return writing->page->language == LANGUAGE_EN && en[0] != '\0' ? en : zh;
}

/* ---- days and times, in the hall's own time */

static int64_t minutes_of(const struct writing *writing, int64_t ms)
{
    return ms / MINUTE_MS + writing->page->hall->utc_offset_min;
}

static const char *day_text(const struct writing *writing, int64_t ms, char text[TIME_TEXT_SIZE])
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct ymd ymd = day_to_ymd((struct day){(int32_t)(minutes_of(writing, ms) / DAY_MIN)});
    if (writing->page->language == LANGUAGE_EN)
        snprintf(text, TIME_TEXT_SIZE, "%d %s %d", ymd.day, months[ymd.month - 1], ymd.year);
    else
        snprintf(text, TIME_TEXT_SIZE, "%d年%d月%d日", ymd.year, ymd.month, ymd.day);
    return text;
}

static const char *clock_text(const struct writing *writing, int64_t ms, char text[TIME_TEXT_SIZE])
{
    int minute = (int)(minutes_of(writing, ms) % DAY_MIN);
    snprintf(text, TIME_TEXT_SIZE, "%02d:%02d", minute / 60, minute % 60);
    return text;
}

/* "09:00–12:00, 13:00–17:00" */
static const char *hours_text(const struct writing *writing, char text[HOURS_TEXT_SIZE])
{
    size_t n = 0;
    text[0] = '\0';
    for (const char *c = writing->page->hall->hours; *c != '\0' && n + 4 < HOURS_TEXT_SIZE; c++) {
        const char one[] = {*c, '\0'};
        n += (size_t)snprintf(text + n, HOURS_TEXT_SIZE - n, "%s",
                              *c == '-'   ? "–"
                              : *c == ',' ? ", "
                                          : one);
    }
    return text;
}

/* ---- the frame of both pages */

/* The same page in the other language: a link or, where something was typed, a form that sends it
 * again. */
static void put_language(struct writing *writing)
{
    const struct page *page = writing->page;
    bool english = page->language == LANGUAGE_EN;
    const char *other = english ? "zh" : "en", *tag = english ? "zh-CN" : "en",
               *name = say(writing, WORD_OTHER_LANGUAGE);
    if (page->number[0] == '\0')
        HTML(&writing->html, "<a href=\"{}?lang={}\" lang=\"{}\" hreflang=\"{}\">{}</a>\n",
             page->path, other, tag, tag, name);
    else
        HTML(&writing->html,
             "<form method=\"post\" action=\"/p?lang={}\">"
             "<input type=\"hidden\" name=\"number\" value=\"{}\">"
             "<input type=\"hidden\" name=\"four\" value=\"{}\">"
             "<button lang=\"{}\">{}</button></form>\n",
             other, page->number, page->four, tag, name);
}

static struct writing begin(const struct page *page, const char *title)
{
    struct writing writing = {.page = page};
    struct html *html = &writing.html;
    const char *hall = page->hall->name[page->language];
    HTML(html,
         "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<title>{} · {}</title>\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"description\" content=\"{}\">\n<meta name=\"theme-color\" "
         "content=\"#1d4f91\">\n<link rel=\"icon\" href=\"data:,\">\n"
         "<link rel=\"stylesheet\" href=\"{}\">\n</head>\n<body>\n<header><p>{}</p>\n",
         language_tag(page->language), title, hall, say(&writing, WORD_DESCRIPTION),
         page->hall->style_path, hall);
    put_language(&writing);
    HTML(html, "</header>\n<main>\n");
    if (page->hall->demonstration)
        HTML(html, "<p class=\"small\">{}</p>\n", say(&writing, WORD_DEMONSTRATION));
    return writing;
}

static char *end(struct writing *writing, int64_t now_ms, size_t *size)
{
    char time[TIME_TEXT_SIZE];
    HTML(&writing->html, "</main>\n<footer><p>{}</p>", say(writing, WORD_PRIVATE));
    if (now_ms != 0)
        HTML(&writing->html, "<p>{} {}</p>", say(writing, WORD_AS_OF),
             clock_text(writing, now_ms, time));
    HTML(&writing->html, "</footer>\n</body>\n</html>\n");
    *size = writing->html.n;
    return writing->html.text;
}

/* ---- a case */

/* By when, the day included; it may move while the year is not published. */
static void put_until(struct writing *writing, enum word what, int64_t ms, bool provisional)
{
    char day[TIME_TEXT_SIZE];
    if (ms == 0)
        return;
    HTML(&writing->html, "<section><h2>{}</h2><p class=\"big\">{} {}</p>", say(writing, what),
         day_text(writing, ms, day), say(writing, WORD_DAY_INCLUDED));
    if (provisional)
        HTML(&writing->html, "<p class=\"small\">{}</p>", say(writing, WORD_PROVISIONAL));
    HTML(&writing->html, "</section>\n");
}

static void put_now(struct writing *writing, const struct state_words *state)
{
    HTML(&writing->html,
         "<p class=\"state {}\">{}</p>\n<section><h2>{}</h2><p class=\"big\">{}</p></section>\n",
         state->tone, state->name[writing->page->language], say(writing, WORD_NOW),
         state->now[writing->page->language]);
}

static void put_days(struct writing *writing, const struct page_case *of)
{
    const Onedoor__Intake__GetProgressReply *progress = of->progress;
    bool open = progress->state == ONEDOOR__INTAKE__CASE_STATE__ACCEPTED ||
                progress->state == ONEDOOR__INTAKE__CASE_STATE__IN_APPROVAL;
    if (progress->state == ONEDOOR__INTAKE__CASE_STATE__CORRECTION)
        put_until(writing, WORD_UNTIL_CORRECTION, progress->correction_due_ms, false);
    else if (open)
        put_until(writing, WORD_UNTIL_DECISION, of->due_ms, of->due_provisional);
}

static void put_amount(struct writing *writing, const struct page_case *of)
{
    char amount[MONEY_TEXT_SIZE];
    if (of->progress->state != ONEDOOR__INTAKE__CASE_STATE__PAYMENT_DUE)
        return;
    HTML(&writing->html, "<section><h2>{}</h2>", say(writing, WORD_AMOUNT));
    if (of->bill_known)
        HTML(&writing->html, "<p class=\"big\">¥{}</p></section>\n",
             money_format((struct money){of->bill_fen}, amount));
    else
        HTML(&writing->html, "<p>{}</p></section>\n", say(writing, WORD_AMOUNT_UNKNOWN));
}

/* What was wrong with a paper that was handed back. */
static void put_fault(struct writing *writing, const Onedoor__Intake__Missing *missing)
{
    if (missing->fault == ONEDOOR__INTAKE__PAPER_FAULT__PAPER_FAULT_UNSPECIFIED)
        return;
    HTML(&writing->html, "<br><strong>{}{}</strong>",
         fault_word(missing->fault, writing->page->language),
         missing->note[0] == '\0' ? "" : say(writing, WORD_FAULT_NOTE));
    HTML(&writing->html, "{}", missing->note);
}

/* Everything that is missing or wrong. */
static void put_missing(struct writing *writing, const Onedoor__Intake__GetProgressReply *progress)
{
    char copies[16];
    HTML(&writing->html, "<ul>");
    for (size_t i = 0; i < progress->n_missing; i++) {
        const Onedoor__Intake__Missing *missing = progress->missing[i];
        snprintf(copies, sizeof copies, "%d", missing->copies);
        HTML(&writing->html, "<li>{} <span class=\"small\">{}{}{}</span>",
             named(writing, missing->name_zh, missing->name_en), say(writing, WORD_COPIES_BEFORE),
             copies, say(writing, WORD_COPIES_AFTER));
        put_fault(writing, missing);
        HTML(&writing->html, "</li>");
    }
    HTML(&writing->html, "</ul>");
}

static void put_bring(struct writing *writing, const Onedoor__Intake__GetProgressReply *progress)
{
    bool pays = progress->state == ONEDOOR__INTAKE__CASE_STATE__PAYMENT_DUE,
         collects = progress->state == ONEDOOR__INTAKE__CASE_STATE__CLOSED;
    if (progress->n_missing == 0 && !pays && !collects)
        return;
    HTML(&writing->html, "<section><h2>{}</h2>", say(writing, WORD_BRING));
    if (progress->n_missing > 0)
        put_missing(writing, progress);
    else
        HTML(&writing->html, "<p>{}</p>",
             say(writing, pays ? WORD_BRING_TO_PAY : WORD_BRING_TO_COLLECT));
    HTML(&writing->html, "</section>\n");
}

static void put_place(struct writing *writing, const Onedoor__Intake__Place *place)
{
    char number[16], floor[16];
    snprintf(number, sizeof number, "%d", place->window);
    HTML(&writing->html, "<p class=\"big\">{}{}{}</p><p>{}", say(writing, WORD_WINDOW_BEFORE),
         number, say(writing, WORD_WINDOW_AFTER), named(writing, place->name_zh, place->name_en));
    if (place->floor != 0) {
        snprintf(floor, sizeof floor, "%d", place->floor);
        HTML(&writing->html, " · {}{}{}", say(writing, WORD_FLOOR_BEFORE), floor,
             say(writing, WORD_FLOOR_AFTER));
    }
    HTML(&writing->html, "</p>");
}

static void put_telephone(struct writing *writing, const Onedoor__Intake__Place *place)
{
    const char *telephone = place != NULL && place->telephone[0] != '\0'
                                ? place->telephone
                                : writing->page->hall->telephone;
    if (telephone[0] != '\0')
        HTML(&writing->html, "<dt>{}</dt><dd><a href=\"tel:{}\">{}</a></dd>",
             say(writing, WORD_TELEPHONE), telephone, telephone);
}

static void put_where(struct writing *writing, const Onedoor__Intake__GetProgressReply *progress,
                      const struct state_words *state)
{
    char hours[HOURS_TEXT_SIZE];
    bool must_come =
        strcmp(state->tone, "act") == 0 || progress->state == ONEDOOR__INTAKE__CASE_STATE__CLOSED;
    HTML(&writing->html, "<section><h2>{}</h2>",
         say(writing, must_come ? WORD_WHERE : WORD_ASK_WHERE));
    if (progress->place != NULL)
        put_place(writing, progress->place);
    else
        HTML(&writing->html, "<p class=\"big\">{}</p>", say(writing, WORD_ANY_WINDOW));
    HTML(&writing->html, "<dl><dt>{}</dt><dd>{} {}</dd>", say(writing, WORD_HOURS),
         say(writing, WORD_WORKING_DAYS), hours_text(writing, hours));
    put_telephone(writing, progress->place);
    HTML(&writing->html, "</dl></section>\n");
}

static void put_reason(struct writing *writing, const Onedoor__Intake__GetProgressReply *progress)
{
    if (progress->reason[0] == '\0')
        return;
    HTML(&writing->html, "<section><h2>{}</h2><p>{}</p>", say(writing, WORD_REASON),
         progress->reason);
    if (progress->right_authority[0] != '\0')
        HTML(&writing->html, "<p>{}{}</p>", say(writing, WORD_RIGHT_AUTHORITY),
             progress->right_authority);
    HTML(&writing->html, "</section>\n");
}

static void put_steps(struct writing *writing, const Onedoor__Intake__GetProgressReply *progress)
{
    const struct {
        enum word what;
        int64_t ms;
    } steps[] = {
        {WORD_RECEIVED, progress->received_ms},   {WORD_ACCEPTED, progress->accepted_ms},
        {WORD_DECIDED, progress->decided_ms},     {WORD_CLOSED, progress->closed_ms},
        {WORD_DELIVERED, progress->delivered_ms},
    };
    char day[TIME_TEXT_SIZE];
    HTML(&writing->html, "<section><h2>{}</h2><ol class=\"steps\">", say(writing, WORD_STEPS));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (steps[i].ms != 0)
            HTML(&writing->html, "<li><span>{}</span> <span>{}</span></li>",
                 say(writing, steps[i].what), day_text(writing, steps[i].ms, day));
    HTML(&writing->html, "</ol></section>\n");
}

char *page_case(const struct page *page, const struct page_case *of, size_t *size)
{
    const Onedoor__Intake__GetProgressReply *progress = of->progress;
    const struct state_words *state = state_words(progress->state);
    char number[CASE_NUMBER_TEXT_SIZE];
    struct writing writing = begin(page, word(WORD_TITLE, page->language));
    HTML(&writing.html, "<p class=\"number\">{}</p>\n<h1>{}</h1>\n",
         case_number_format(progress->case_number, number),
         named(&writing, progress->item_name_zh, progress->item_name_en));
    if (state != NULL) {
        put_now(&writing, state);
        put_days(&writing, of);
        put_amount(&writing, of);
        put_bring(&writing, progress);
        put_where(&writing, progress, state);
    }
    put_reason(&writing, progress);
    put_steps(&writing, progress);
    HTML(&writing.html, "<p><a class=\"ask again\" href=\"/p?lang={}\">{}</a></p>\n",
         page->language == LANGUAGE_EN ? "en" : "zh", word(WORD_ASK_ANOTHER, page->language));
    return end(&writing, of->now_ms, size);
}

/* ---- the form */

char *page_form(const struct page *page, const char *fault, size_t *size)
{
    struct writing writing = begin(page, word(WORD_TITLE, page->language));
    struct html *html = &writing.html;
    HTML(html, "<h1>{}</h1>\n", say(&writing, WORD_TITLE));
    if (fault != NULL)
        HTML(html, "<p class=\"fault\" role=\"alert\" id=\"fault\">{}</p>\n", fault);
    HTML(html,
         "<form method=\"post\" action=\"/p?lang={}\">\n<label for=\"number\">{}</label>\n"
         "<input id=\"number\" name=\"number\" inputmode=\"numeric\" autocomplete=\"off\" "
         "maxlength=\"40\" required aria-describedby=\"number-hint\" value=\"{}\">\n"
         "<p class=\"hint\" id=\"number-hint\">{}</p>\n",
         page->language == LANGUAGE_EN ? "en" : "zh", say(&writing, WORD_NUMBER), page->number,
         say(&writing, WORD_NUMBER_HINT));
    HTML(html,
         "<label for=\"four\">{}</label>\n"
         "<input id=\"four\" name=\"four\" inputmode=\"text\" autocapitalize=\"characters\" "
         "autocomplete=\"off\" spellcheck=\"false\" maxlength=\"30\" required "
         "aria-describedby=\"four-hint\">\n<p class=\"hint\" id=\"four-hint\">{}</p>\n"
         "<button class=\"ask\">{}</button>\n</form>\n",
         say(&writing, WORD_FOUR), say(&writing, WORD_FOUR_HINT), say(&writing, WORD_ASK));
    return end(&writing, 0, size);
}
