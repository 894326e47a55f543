"""The pack of a review: one frozen review as workbook, tables, slides and document, with the same figures in all."""
