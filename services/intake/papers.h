/* SPDX-License-Identifier: Apache-2.0 */
/* papers.h: what was brought of an item's papers and what was found of each.
 *
 * A paper is right as far as its copies were handed in (materials.h), unless something is said of
 * it: wrong, with its fault, or mended on the spot. A wrong paper is handed back: none of its
 * copies counts. What is brought later in its place takes the fault away. Pure.
 *
 * RULE L31: only listed papers are judged.
 * RULE L32.3: what can be put right on the spot is, and that is kept.
 * RULE L32.4: what was right when the hall asked is not found wrong later. */
#ifndef INTAKE_PAPERS_H
#define INTAKE_PAPERS_H

#include "common/wire/outcome.h"
#include "onedoor/intake.pb-c.h"
#include "services/intake/catalogue.h"

/* As a case keeps them. */
struct papers {
    struct bytes materials; /* copies, one byte a listed material */
    struct bytes said;      /* packed Papers; null = of none */
};

/* What a request brings and says. */
struct brought {
    Onedoor__Intake__MaterialIn *const *materials;
    size_t n_materials;
    Onedoor__Intake__PaperVerdict *const *verdicts;
    size_t n_verdicts;
    bool asked;     /* the hall has asked for what was missing */
    const char *by; /* staff id */
    int64_t at_ms;
};

/* The papers with what is brought, in the arena. A refusal names the field and changes nothing. */
struct outcome intake_papers_bring(const struct item_version *, const struct brought *,
                                   struct papers *, struct arena *);

/* Wrong or absent papers that a second request asks for, whatever was found of them before. */
struct outcome intake_papers_void(const struct item_version *, const struct brought *,
                                  struct papers *, struct arena *);

/* All that is said of papers, in the order of the list; in the arena. */
const Onedoor__Intake__Papers *intake_papers_said(struct bytes said, struct arena *);
/* What is said of one; null when nothing is. */
Onedoor__Intake__Paper *intake_paper_said(const Onedoor__Intake__Papers *, int32_t seq);

#endif
