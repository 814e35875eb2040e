#include "report/statement/paperprint.h"

#include "page/flow.h"
#include "page/letters.h"

#include "base/poison.h"

/* How wide columns are, as shares of the page: as the sheet's. */
static const guint SHARES[PAGE_COLUMNS] = {35, 17, 17, 14, 14, 14};

const char *
paperprint_library_version(void)
{
    return paper_library_version();
}

static Look
look_of(const PageCell *cell)
{
    StyleLook style = style_look(cell->style);
    bool is_negative = cell->figure.kind == FIGURE_MONEY && cell->figure.money.pence < 0;
    return (Look){.is_bold = style.is_bold,
                  .is_right = style.is_right,
                  .is_wrapped = style.is_wrapped,
                  .is_lined = style.is_lined,
                  .is_centred = style.is_centred,
                  .is_cell = style.is_cell,
                  .points = style.points,
                  .colour = is_negative ? style.negative : style.colour,
                  .fill = style.fill,
                  .line = style.line};
}

static void
add_row(Grid *grid, const Page *page, const PageRow *row)
{
    bool is_heading = false, is_part = false;
    for (guint i = 0; i < row->cell_count; i++) {
        const PageCell *cell = page_cell(page, row, i);
        bool is_money = cell->figure.kind == FIGURE_MONEY;
        Words amount = is_money ? words_money(cell->figure.money) : (Words){""};
        is_heading = is_heading || cell->style == STYLE_HEADING;
        is_part = is_part || cell->style == STYLE_SECTION;
        grid_add(grid, cell->first, cell->last, look_of(cell),
                 is_money ? amount.text : cell->figure.text);
    }
    bool is_gap = row->cell_count == 0;
    grid_next(grid, row->points, is_heading, is_heading || is_part || is_gap);
}

bool
paperprint_write(const Page *page, const char *path, GError **error)
{
    g_autofree char *title = page_title(page);
    Words subject = page_subject(page);
    g_autofree char *title_letters = letters_of(title), *subject_letters = letters_of(subject.text);
    g_autoptr(Paper) paper = paper_new(title_letters, subject_letters, error);
    if (paper == NULL)
        return false;
    g_autoptr(Grid) grid = grid_new(FLOW_LEFT, FLOW_RIGHT, SHARES, PAGE_COLUMNS);
    for (guint r = 0; r < page->rows->len; r++)
        add_row(grid, page, page_row(page, r));
    FlowFrame frame = {title, subject.text, "schemepay", style_look(STYLE_NOTE).colour};
    (void)flow_draw(grid, paper, &frame);
    return paper_write(paper, path, error);
}
