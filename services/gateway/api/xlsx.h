/* SPDX-License-Identifier: Apache-2.0 */
/* xlsx.h: one sheet as an Office Open XML workbook, by libxlsxwriter. It is written through a file
 * of its own in the folder for temporary files, which is gone at the end. */
#ifndef GATEWAY_XLSX_H
#define GATEWAY_XLSX_H

#include <stdbool.h>
#include <stddef.h>

struct xlsx;

/* Null when there is no room for its file. */
struct xlsx *xlsx_new(void);

/* A cell: rows from 0, in order; row 0 is the head. Texts are never formulas. */
void xlsx_text(struct xlsx *, int row, int column, const char *text);
void xlsx_number(struct xlsx *, int row, int column, double number);

/* The workbook, of the heap, *size bytes; null when it cannot be written. Frees the sheet. */
char *xlsx_end(struct xlsx **, size_t *size);
void xlsx_free(struct xlsx **);

#endif
