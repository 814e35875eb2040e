' Carries out what a file says, a line a step, its words parted by tabs, and writes into another what comes of it:
'   open URL, sort SHEET RANGE COLUMN UP (rows by one of the columns of a range), calculate,
'   show SHEET (all its cells), close.
' Sheets and columns count from 0.

Sub Run(steps As String, shown As String)
    On Error Goto Failed
    Dim words, book, sheet, row
    Dim hidden(0) As New com.sun.star.beans.PropertyValue
    hidden(0).Name = "Hidden"
    hidden(0).Value = True
    Open steps For Input As #1
    Open shown For Output As #2
    Do While Not Eof(1)
        Line Input #1, text
        words = Split(text, Chr(9))
        Select Case words(0)
        Case "open"
            book = StarDesktop.loadComponentFromURL(words(1), "_blank", 0, hidden())
            book.calculateAll()
        Case "sort"
            SortRows(book.Sheets.getByIndex(CLng(words(1))).getCellRangeByName(words(2)), CLng(words(3)), words(4) = "up")
        Case "calculate"
            book.calculateAll()
        Case "show"
            sheet = book.Sheets.getByIndex(CLng(words(1)))
            cursor = sheet.createCursor()
            cursor.gotoEndOfUsedArea(False)
            Print #2, text
            For Each row In sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow).getDataArray()
                Print #2, Replace(Join(row, Chr(9)), Chr(10), " ")
            Next
        Case "close"
            book.close(True)
        End Select
    Loop
    Print #2, "done"
    Close #1, #2
    StarDesktop.terminate()
    Exit Sub
Failed:
    Print #2, "failed at " & text & ": " & Error$
    Close #1, #2
    StarDesktop.terminate()
End Sub

Sub SortRows(cells, column As Long, up As Boolean)
    Dim by(0) As New com.sun.star.table.TableSortField
    Dim how(2) As New com.sun.star.beans.PropertyValue
    by(0).Field = column
    by(0).IsAscending = up
    how(0).Name = "SortFields"
    how(0).Value = by()
    how(1).Name = "ContainsHeader"
    how(1).Value = False
    how(2).Name = "IsSortColumns"
    how(2).Value = False
    cells.sort(how())
End Sub
