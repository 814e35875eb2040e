/* The picture of a bridge: a waterfall of its causes from nothing to the whole difference, told
 * apart without colour: what adds is dark, what takes away hatched, the difference white.
 *
 * Its columns hang: they stand on columns that are not seen. Those figures are on a sheet of their
 * own, by formulas from the causes. */
#pragma once

#include "sheet/book.h"
#include "report/bridge/bridge.h"

/* A cause that moved something. */
typedef struct {
    Cause cause;
    guint contracts;
    Sum sum;
    guint row; /* where it stands */
} BridgeStep;

typedef struct {
    Sheet *sheet;         /* of the causes; the picture stands there, too */
    guint causes, pounds; /* columns of it */
    guint row;            /* of the picture */
    const BridgeStep *steps;
    guint count; /* at least one */
} BridgePicture;

/* Adds the sheet of figures and the picture; nothing where a sum is out of range. */
void bridge_picture_add(Book *book, const BridgePicture *picture);
