// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever a notifier sends is a document or nothing: no exception, what it leads to is bounded, and no header can be forged by it. */
class LampDocumentFuzzTest {
    private static final String GRAMMAR = "<>&;\"'/=! 0:@sip,\u0000";

    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void dialogs(byte[] document) {
        Subject.dialogs(document);
    }

    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void presence(byte[] document) {
        Subject.presence(document);
    }

    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void lists(byte[] body) {
        Subject.lists(body);
    }

    @ParameterizedTest
    @CorpusSource("dialogs")
    void replayed_dialogs(byte[] input) {
        Subject.dialogs(input);
    }

    @ParameterizedTest
    @CorpusSource("presence")
    void replayed_presence(byte[] input) {
        Subject.presence(input);
    }

    @ParameterizedTest
    @CorpusSource("lists")
    void replayed_lists(byte[] input) {
        Subject.lists(input);
    }

    @Test
    void damaged_documents() {
        Corpus.damage(Corpus.inputs(LampDocumentFuzzTest.class, "dialogs"), 2_000, 20260102, GRAMMAR, Subject::dialogs);
        Corpus.damage(
                Corpus.inputs(LampDocumentFuzzTest.class, "presence"), 2_000, 20260102, GRAMMAR, Subject::presence);
        Corpus.damage(
                Corpus.inputs(LampDocumentFuzzTest.class, "lists"), 2_000, 20260102, GRAMMAR + "-\r\n", Subject::lists);
    }

    /** Apart, so that the test class can be looked at without loading what the fuzzer's agent changes. */
    private static final class Subject {
        static boolean dialogs(byte[] document) {
            @Nullable DialogInfo info = DialogInfoReader.read(document);
            if (info == null) {
                return false;
            }
            DialogInfoTable table = DialogInfoTable.after(null, info);
            for (long version = 0; version < 3; version++) {
                DialogInfoTable next = DialogInfoTable.after(
                        table, new DialogInfo(info.full(), info.version() + version, info.dialogs()));
                table = next == null ? new DialogInfoTable(0, Map.of()) : next;
                assertThat(table.open()).hasSizeLessThanOrEqualTo(100);
                LampReading reading = LampReading.of(table);
                if (reading.ringing() != null) {
                    assertThat(reading.ringing().headers().get(0).value())
                            .matches("[\\x21-\\x7E&&[^;,]]+;to-tag=[^;,\\s]+;from-tag=[^;,\\s]+;early-only");
                }
            }
            return true;
        }

        static boolean lists(byte[] body) {
            @Nullable ResourceList list = ResourceListReader.read("part", null, body);
            if (list == null) {
                return false;
            }
            ResourceListTable table = ResourceListTable.after(null, list);
            for (long version = 0; version < 3; version++) {
                ResourceListTable next = ResourceListTable.after(
                        table, new ResourceList(list.version() + version, list.full(), list.resources()));
                table = next == null ? table : next;
                if (table != null) {
                    assertThat(table.entries()).hasSizeLessThanOrEqualTo(500);
                    table.entries().values().forEach(entry -> {
                        assertThat(entry.instances()).hasSizeLessThanOrEqualTo(10);
                        assertThat(entry.reading()).isNotNull();
                    });
                }
            }
            return true;
        }

        static boolean presence(byte[] document) {
            return PidfReader.read(document) != null;
        }
    }
}
