' Fills in claim forms and saves them as people do; carries out what a file says, a line a step, its words parted by
' tabs, and writes into another what comes of it:
'   open URL, text SHEET CELL TEXT, number SHEET CELL NUMBER, formula SHEET CELL FORMULA, unprotect SHEET,
'   show SHEET RANGE (as it is worked out while people type), csv URL (the first sheet, UTF-8, as shown), close.
' Sheets count from 0.

Sub Run(steps As String, shown As String)
    On Error Goto Failed
    Dim words, book, row
    Dim hidden(0) As New com.sun.star.beans.PropertyValue
    Dim filter(1) As New com.sun.star.beans.PropertyValue
    hidden(0).Name = "Hidden"
    hidden(0).Value = True
    filter(0).Name = "FilterName"
    filter(1).Name = "FilterOptions"
    Open steps For Input As #1
    Open shown For Output As #2
    Do While Not Eof(1)
        Line Input #1, text
        words = Split(text, Chr(9))
        Select Case words(0)
        Case "open"
            book = StarDesktop.loadComponentFromURL(words(1), "_blank", 0, hidden())
        Case "text"
            book.Sheets.getByIndex(CLng(words(1))).getCellRangeByName(words(2)).setString(words(3))
        Case "number"
            book.Sheets.getByIndex(CLng(words(1))).getCellRangeByName(words(2)).setValue(Val(words(3)))
        Case "formula"
            book.Sheets.getByIndex(CLng(words(1))).getCellRangeByName(words(2)).setFormula(words(3))
        Case "unprotect"
            book.Sheets.getByIndex(CLng(words(1))).unprotect("")
        Case "show"
            Print #2, text
            For Each row In book.Sheets.getByIndex(CLng(words(1))).getCellRangeByName(words(2)).getDataArray()
                Print #2, Join(row, Chr(9))
            Next
        Case "csv"
            filter(0).Value = "Text - txt - csv (StarCalc)"
            filter(1).Value = "44,34,76"
            book.storeToURL(words(1), filter())
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
