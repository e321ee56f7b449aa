package io.headrace.examples.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureOracleTest {
    @TempDir private Path directory;

    private List<Scored> score(String transactions, String labels) throws IOException {
        Path transactionsFile =
                Files.writeString(
                        directory.resolve("t.csv"),
                        "id,time,customer,terminal,amount\n" + transactions);
        Path labelsFile =
                labels == null
                        ? null
                        : Files.writeString(
                                directory.resolve("l.csv"), "id,time,fraud,scenario\n" + labels);
        List<Scored> scored = new ArrayList<>();
        new FeatureOracle(transactionsFile, labelsFile)
                .judged()
                .forEach(row -> scored.add(row.scored()));
        return scored;
    }

    @Test
    void windowsOfCardsExcludeTheirStartAndIncludeTheRowItself() throws IOException {
        List<Scored> scored =
                score(
                        """
                        0,2018-04-01T12:00:00Z,1,1,10.01
                        1,2018-04-01T12:00:01Z,1,1,20.00
                        2,2018-04-02T12:00:00Z,1,1,40.00
                        3,2018-04-02T12:00:00Z,2,1,80.00
                        """,
                        null);

        assertThat(scored.get(2).customerCount1d()).isEqualTo(2);
        assertThat(scored.get(2).customerAverage1d()).isEqualTo(30.0);
        assertThat(scored.get(2).customerCount7d()).isEqualTo(3);
        assertThat(scored.get(2).customerAverage7d()).isEqualTo(7001 / 300.0);
        assertThat(scored.get(3).customerCount30d()).isEqualTo(1);
    }

    @Test
    void onEqualTimesRowSeesItselfAndThoseBeforeItInTheFile() throws IOException {
        List<Scored> scored =
                score(
                        """
                        7,2018-04-01T12:00:00Z,1,1,1.00
                        5,2018-04-01T12:00:00Z,1,1,2.00
                        6,2018-04-01T11:59:59Z,1,1,4.00
                        """,
                        null);

        assertThat(scored).extracting(Scored::id).containsExactly(6L, 7L, 5L);
        assertThat(scored).extracting(Scored::customerCount1d).containsExactly(1L, 2L, 3L);
    }

    @Test
    void windowsOfTerminalsEndSevenDaysAgoIncludingTheEnd() throws IOException {
        List<Scored> scored =
                score(
                        """
                        0,2018-04-01T12:00:00Z,1,9,1.00
                        1,2018-04-01T12:00:01Z,1,9,1.00
                        2,2018-04-02T12:00:00Z,1,9,1.00
                        3,2018-04-02T12:00:01Z,1,9,1.00
                        4,2018-04-09T12:00:00Z,2,9,1.00
                        """,
                        """
                        0,2018-04-08T12:00:00Z,1,2
                        1,2018-04-08T12:00:01Z,0,0
                        2,2018-04-09T12:00:00Z,1,2
                        3,2018-04-09T12:00:01Z,1,2
                        4,2018-04-16T12:00:00Z,0,0
                        """);

        Scored last = scored.get(4);
        assertThat(last.terminalCount1d()).isEqualTo(2);
        assertThat(last.terminalFraudRate1d()).isEqualTo(0.5);
        assertThat(last.terminalCount7d()).isEqualTo(3);
        assertThat(last.terminalFraudRate7d()).isEqualTo(2 / 3.0);
        assertThat(scored.get(0).terminalCount30d()).isZero();
        assertThat(scored.get(0).terminalFraudRate30d()).isZero();
    }

    @Test
    void countsFraudOnlyOnceItsLabelIsKnown() throws IOException {
        List<Scored> scored =
                score(
                        """
                        0,2018-04-01T12:00:00Z,1,9,1.00
                        1,2018-04-08T12:00:00Z,1,9,1.00
                        2,2018-04-08T12:00:01Z,1,9,1.00
                        """,
                        "0,2018-04-08T12:00:01Z,1,2\n");

        assertThat(scored.get(1).terminalCount7d()).isEqualTo(1);
        assertThat(scored.get(1).terminalFraudRate7d()).isZero();
        assertThat(scored.get(2).terminalFraudRate7d()).isEqualTo(1);
    }

    @Test
    void writesOneJsonLineWithNullRatesWithoutLabels() throws IOException {
        List<Scored> scored = score("3,2018-04-01T12:00:00Z,1,9,7.50\n", null);

        assertThat(FeatureOracle.json(scored.get(0)))
                .isEqualTo(
                        "{\"id\":3,\"time\":\"2018-04-01T12:00:00Z\",\"customer\":1,\"terminal\":9,"
                                + "\"amount\":7.50,"
                                + "\"customerCount1d\":1,\"customerAverage1d\":7.5,"
                                + "\"customerCount7d\":1,\"customerAverage7d\":7.5,"
                                + "\"customerCount30d\":1,\"customerAverage30d\":7.5,"
                                + "\"terminalCount1d\":0,\"terminalFraudRate1d\":null,"
                                + "\"terminalCount7d\":0,\"terminalFraudRate7d\":null,"
                                + "\"terminalCount30d\":0,\"terminalFraudRate30d\":null,"
                                + "\"score\":0.0,\"decision\":\"APPROVE\"}");
    }
}
