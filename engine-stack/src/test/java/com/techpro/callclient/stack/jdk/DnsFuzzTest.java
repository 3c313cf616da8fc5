// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.minidns.dnsmessage.DnsMessage;
import org.minidns.dnsmessage.Question;
import org.minidns.record.Record;

/** Whatever a name server answers gives a bounded number of records, or is no answer. */
class DnsFuzzTest {
    @Tag("fuzz")
    @FuzzTest(maxDuration = "1m")
    void any_answer(byte[] bytes) {
        boolean unused = check(bytes);
    }

    @ParameterizedTest
    @CorpusSource("any_answer")
    void replayed_answers(byte[] input) {
        boolean unused = check(input);
    }

    @Test
    void damaged_answers() {
        Corpus.damage(
                Corpus.inputs(DnsFuzzTest.class, "any_answer"),
                10_000,
                1035,
                "\u0000\u0001\u000c\u0021\u00c0",
                DnsFuzzTest::check);
    }

    private static boolean check(byte[] bytes) {
        DnsMessage answer = DnsClient.parse(bytes);
        if (answer == null) {
            return false;
        }
        for (Record.TYPE type : List.of(Record.TYPE.SRV, Record.TYPE.NAPTR)) {
            List<DnsRecord> records =
                    DnsRecords.of(answer, new Question("_sip._udp.example.com", type, Record.CLASS.IN));
            assertThat(records).hasSizeLessThanOrEqualTo(64);
        }
        return true;
    }
}
