package io.headrace.formats;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.Arrays;
import java.util.List;

/** Collects the records that the library parses; takes fields as slices of its buffer. */
final class CsvRows {
    /** The component of a field that no component asks for. */
    static final int IGNORED = -1;

    private final RecordShape<?> shape;
    private final CsvColumn[] columnByField;
    private final int[] componentByField;
    private final Object[] arguments;
    private final Object[] values = new Object[Frames.RECORDS_MAX];
    private final String[] reasons = new String[Frames.RECORDS_MAX];
    private int count;

    CsvRows(RecordShape<?> shape, List<CsvColumn> columns, int[] componentByField) {
        this.shape = shape;
        this.componentByField = componentByField;
        this.arguments = new Object[columns.size()];
        this.columnByField = new CsvColumn[componentByField.length];
        for (int field = 0; field < componentByField.length; field++) {
            int component = componentByField[field];
            columnByField[field] = component == IGNORED ? null : columns.get(component);
        }
    }

    /** Returns a handler for one parse: the library forbids to use one twice. */
    Handler handler() {
        return new Handler(this);
    }

    int count() {
        return count;
    }

    boolean full() {
        return count == values.length;
    }

    Object value(int row) {
        return values[row];
    }

    /** Returns why a row is no record, or null. */
    String reason(int row) {
        return reasons[row];
    }

    void clear() {
        Arrays.fill(values, 0, count, null);
        count = 0;
    }

    private void add(int fields, String malformed) {
        String reason = malformed;
        Object value = null;
        if (fields != columnByField.length) {
            reason = "has " + fields + " fields, the header has " + columnByField.length;
        } else if (reason == null) {
            try {
                value = shape.create(arguments);
            } catch (MalformedException refused) {
                reason = refused.getMessage();
            }
        }
        values[count] = value;
        reasons[count] = reason;
        count++;
    }

    /** Gets the fields of one record after the other. */
    static final class Handler extends AbstractBaseCsvCallbackHandler<Boolean> {
        private final CsvRows rows;
        private final CsvColumn[] columnByField;
        private final int[] componentByField;
        private final Object[] arguments;
        private String malformed;
        private boolean empty;

        private Handler(CsvRows rows) {
            this.rows = rows;
            this.columnByField = rows.columnByField;
            this.componentByField = rows.componentByField;
            this.arguments = rows.arguments;
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            malformed = null;
            empty = false;
        }

        @Override
        protected void handleField(int field, char[] text, int offset, int length, boolean quoted) {
            final CsvColumn column = field < columnByField.length ? columnByField[field] : null;
            if (column == null || malformed != null) {
                return;
            }
            try {
                arguments[componentByField[field]] = column.read(text, offset, length, quoted);
            } catch (MalformedException wrong) {
                malformed = column.name() + ": " + wrong.getMessage();
            }
        }

        @Override
        protected void handleEmpty() {
            empty = true;
        }

        @Override
        protected Boolean buildRecord() {
            if (!empty) {
                rows.add(getFieldCount(), malformed);
            }
            return empty ? null : Boolean.TRUE;
        }
    }
}
