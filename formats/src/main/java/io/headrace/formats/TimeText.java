package io.headrace.formats;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * Reads and writes times. The usual form, {@code 2018-04-01T00:00:31Z}, is computed by hand: the
 * formatter of the JDK takes some twenty times as long.
 */
final class TimeText {
    private static final int DATE_LENGTH = 10;
    private static final int SECONDS_LENGTH = 19;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long NOT_PLAIN = Long.MIN_VALUE;

    /** 0000-03-01, the start of the calendar below, is that many days before 1970-01-01. */
    private static final long DAYS_TO_1970 = 719_468;

    private static final long DAYS_PER_400_YEARS = 146_097;

    /** Years 0 to 9999, the ones with four digits. */
    private static final long PLAIN_SECONDS_MIN = -62_167_219_200L;

    private static final long PLAIN_SECONDS_MAX = 253_402_300_799L;

    private TimeText() {}

    static Instant readInstant(char[] text, int offset, int length) throws MalformedException {
        if (length == SECONDS_LENGTH + 1 && text[offset + SECONDS_LENGTH] == 'Z') {
            long seconds = plainSeconds(text, offset, 'T');
            if (seconds != NOT_PLAIN) {
                return Instant.ofEpochSecond(seconds);
            }
        }
        try {
            return Instant.parse(new String(text, offset, Math.min(length, 64)));
        } catch (DateTimeException malformed) {
            throw MalformedException.expected(
                    "a time such as 2018-04-01T00:00:31Z", text, offset, length);
        }
    }

    /** Also takes {@code 2018-04-01 00:00:31} and the same with a T, as UTC. */
    static Instant readInstantOrUtc(char[] text, int offset, int length) throws MalformedException {
        if (length < SECONDS_LENGTH || isZoned(text, offset, length)) {
            return readInstant(text, offset, length);
        }
        if (length == SECONDS_LENGTH) {
            long seconds = plainSeconds(text, offset, text[offset + DATE_LENGTH]);
            if (seconds != NOT_PLAIN) {
                return Instant.ofEpochSecond(seconds);
            }
        }
        try {
            String shown = new String(text, offset, Math.min(length, 64)).replace(' ', 'T');
            return LocalDateTime.parse(shown).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException malformed) {
            throw MalformedException.expected(
                    "a time such as 2018-04-01 00:00:31 or 2018-04-01T00:00:31Z",
                    text,
                    offset,
                    length);
        }
    }

    private static boolean isZoned(char[] text, int offset, int length) {
        for (int at = offset + DATE_LENGTH; at < offset + length; at++) {
            char c = text[at];
            if (c == 'Z' || c == 'z' || c == '+' || c == '-') {
                return true;
            }
        }
        return false;
    }

    static LocalDate readDate(char[] text, int offset, int length) throws MalformedException {
        if (length == DATE_LENGTH) {
            long day = plainDay(text, offset);
            if (day != NOT_PLAIN) {
                return LocalDate.ofEpochDay(day);
            }
        }
        try {
            return LocalDate.parse(new String(text, offset, Math.min(length, 64)));
        } catch (DateTimeException malformed) {
            throw MalformedException.expected("a date such as 2018-04-01", text, offset, length);
        }
    }

    /**
     * Writes the same text as {@link Instant#toString()}.
     *
     * @param to has room for 20 characters from the offset on
     * @return the length, or 0 if the time has a fraction or a year of more digits
     */
    static int writePlain(Instant time, char[] to, int offset) {
        long seconds = time.getEpochSecond();
        if (time.getNano() != 0 || seconds < PLAIN_SECONDS_MIN || seconds > PLAIN_SECONDS_MAX) {
            return 0;
        }
        int second = (int) Math.floorMod(seconds, SECONDS_PER_DAY);
        writeDay(Math.floorDiv(seconds, SECONDS_PER_DAY), to, offset);
        to[offset + 10] = 'T';
        twoDigits(second / 3600, to, offset + 11);
        to[offset + 13] = ':';
        twoDigits(second / 60 % 60, to, offset + 14);
        to[offset + 16] = ':';
        twoDigits(second % 60, to, offset + 17);
        to[offset + 19] = 'Z';
        return SECONDS_LENGTH + 1;
    }

    /** Howard Hinnant's civil-from-days: years begin in March, so that leap days come last. */
    private static void writeDay(long day, char[] to, int offset) {
        long shifted = day + DAYS_TO_1970;
        long era = Math.floorDiv(shifted, DAYS_PER_400_YEARS);
        int dayOfEra = (int) (shifted - era * DAYS_PER_400_YEARS);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        twoDigits(year / 100, to, offset);
        twoDigits(year % 100, to, offset + 2);
        to[offset + 4] = '-';
        twoDigits(month, to, offset + 5);
        to[offset + 7] = '-';
        twoDigits(dayOfYear - (153 * marchMonth + 2) / 5 + 1, to, offset + 8);
    }

    private static void twoDigits(int value, char[] to, int offset) {
        to[offset] = (char) ('0' + value / 10);
        to[offset + 1] = (char) ('0' + value % 10);
    }

    private static long plainSeconds(char[] text, int offset, char separator) {
        if (text[offset + 10] != separator
                || (separator != 'T' && separator != ' ')
                || text[offset + 13] != ':'
                || text[offset + 16] != ':') {
            return NOT_PLAIN;
        }
        long day = plainDay(text, offset);
        int hour = twoDigits(text, offset + 11);
        int minute = twoDigits(text, offset + 14);
        int second = twoDigits(text, offset + 17);
        if (day == NOT_PLAIN || (hour | minute | second) < 0) {
            return NOT_PLAIN;
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return NOT_PLAIN;
        }
        return day * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second;
    }

    /** The inverse of {@link #writeDay}; text that is no such date gives {@link #NOT_PLAIN}. */
    private static long plainDay(char[] text, int offset) {
        int century = twoDigits(text, offset);
        int yearOfCentury = twoDigits(text, offset + 2);
        int month = twoDigits(text, offset + 5);
        int day = twoDigits(text, offset + 8);
        if ((century | yearOfCentury | month | day) < 0
                || text[offset + 4] != '-'
                || text[offset + 7] != '-') {
            return NOT_PLAIN;
        }
        int year = century * 100 + yearOfCentury;
        if (month < 1 || month > 12 || day < 1) {
            return NOT_PLAIN;
        }
        if (day > 28 && day > YearMonth.of(year, month).lengthOfMonth()) {
            return NOT_PLAIN;
        }
        return epochDay(year, month, day);
    }

    private static long epochDay(int year, int month, int day) {
        long marchYear = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(marchYear, 400L);
        long yearOfEra = marchYear - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_400_YEARS + dayOfEra - DAYS_TO_1970;
    }

    private static int twoDigits(char[] text, int offset) {
        int high = text[offset] - '0';
        int low = text[offset + 1] - '0';
        return high < 0 || high > 9 || low < 0 || low > 9 ? -1 : high * 10 + low;
    }
}
