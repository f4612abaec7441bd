/* SPDX-License-Identifier: Apache-2.0 */
#include "services/gateway/api/xlsx.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "common/base/panic.h"

enum { WIDTH = 16, COLUMNS_MAX = 40 };

struct xlsx {
    int fd;        /* a file without a name: nothing is left of it, however the process ends */
    char path[40]; /* by which the library opens it */
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head;
};

struct xlsx *xlsx_new(void)
{
    const char *folder = getenv("TMPDIR");
    struct xlsx *xlsx = calloc(1, sizeof *xlsx);
    must(xlsx != NULL);
    xlsx->fd = open(folder == NULL ? P_tmpdir : folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (xlsx->fd < 0) {
        free(xlsx);
        return NULL;
    }
    snprintf(xlsx->path, sizeof xlsx->path, "/proc/self/fd/%d", xlsx->fd);
    /* Rows are written out as they come. */
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    xlsx->book = workbook_new_opt(xlsx->path, &options);
    xlsx->sheet = workbook_add_worksheet(xlsx->book, NULL);
    xlsx->head = workbook_add_format(xlsx->book);
    format_set_bold(xlsx->head);
    worksheet_set_column(xlsx->sheet, 0, COLUMNS_MAX, WIDTH, NULL);
    worksheet_freeze_panes(xlsx->sheet, 1, 0);
    return xlsx;
}

void xlsx_text(struct xlsx *xlsx, int row, int column, const char *text)
{
    if (text[0] != '\0')
        worksheet_write_string(xlsx->sheet, (lxw_row_t)row, (lxw_col_t)column, text,
                               row == 0 ? xlsx->head : NULL);
}

void xlsx_number(struct xlsx *xlsx, int row, int column, double number)
{
    worksheet_write_number(xlsx->sheet, (lxw_row_t)row, (lxw_col_t)column, number, NULL);
}

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rbe");
    char *text = NULL;
    if (file == NULL)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0 && (*size = (size_t)ftell(file)) > 0) {
        text = malloc(*size);
        must(text != NULL);
        rewind(file);
        if (fread(text, 1, *size, file) != *size) {
            free(text);
            text = NULL;
        }
    }
    fclose(file);
    return text;
}

char *xlsx_end(struct xlsx **xlsx, size_t *size)
{
    lxw_error error = workbook_close((*xlsx)->book);
    (*xlsx)->book = NULL;
    char *text = error == LXW_NO_ERROR ? read_file((*xlsx)->path, size) : NULL;
    xlsx_free(xlsx);
    return text;
}

void xlsx_free(struct xlsx **xlsx)
{
    if (*xlsx == NULL)
        return;
    if ((*xlsx)->book != NULL)
        (void)workbook_close((*xlsx)->book); /* the library frees no other way */
    close((*xlsx)->fd);
    free(*xlsx);
    *xlsx = NULL;
}
