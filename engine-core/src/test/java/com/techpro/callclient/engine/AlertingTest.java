// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RingKind;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a call wants to be signalled, as phone systems write it (RFC 3261 §20.4, RFC 7462, RFC 5373), and whose number is not told. */
class AlertingTest {
    private ScriptedPhoneSystem scene;
    private int calls;

    private void open(UnaryOperator<CallClientConfig.Builder> config) {
        scene = new ScriptedPhoneSystem(7462, SipTransport.UDP, account -> account, config).registered();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private CallSnapshot rings(String header) {
        String call = "call-" + ++calls;
        scene.invite(call, "z9hG4bK" + call, 1, lines(header, sdp("192.0.2.10", 40_000, 1)));
        scene.until(() -> scene.incoming.size() == calls);
        return last().snapshot();
    }

    private Call last() {
        return scene.incoming.get(calls - 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Alert-Info: <urn:alert:source:internal>                       | INTERNAL
                    Alert-Info: <urn:alert:source:external>                       | EXTERNAL
                    Alert-Info: <urn:alert:priority:high>                         | PRIORITY
                    Alert-Info: <http://www.notused.com>;info=alert-internal;x=1  | INTERNAL
                    Alert-Info: info=alert-external                               | EXTERNAL
                    Alert-Info: <Bellcore-dr3>                                    | DISTINCTIVE_3
                    Alert-Info: Bellcore-dr1                                      | DISTINCTIVE_1
                    Alert-Info: <Bellcore-dr9>                                    | STANDARD
                    Alert-Info: <http://192.0.2.10/ring.wav>                      | STANDARD
                    Subject: urn:alert:priority:high                              | STANDARD
                    """)
    void each_kind_of_ringing_is_told(String header, RingKind kind) {
        open(config -> config);
        assertThat(rings(header).ringKind()).isEqualTo(kind);
        assertThat(last().snapshot().answerAfter()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Call-Info: <sip:192.0.2.10>;answer-after=3              | 3
                    Call-Info: <sip:192.0.2.10>; answer-after = 0           | 0
                    Alert-Info: <http://x>;info=alert-autoanswer;delay=2    | 2
                    Alert-Info: info=alert-autoanswer                       | 0
                    Alert-Info: Ring-Answer                                 | 0
                    Answer-Mode: Auto                                       | 0
                    Priv-Answer-Mode: Auto                                  | 0
                    Answer-Mode: Manual                                     |
                    Call-Info: <sip:192.0.2.10>;answer-after=9999           |
                    Call-Info: <sip:192.0.2.10>;answer-after=soon           |
                    """)
    void an_intercom_is_told_and_not_answered_unless_the_host_permits_it(String header, Integer seconds) {
        open(config -> config);
        assertThat(rings(header).answerAfter()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
        scene.pass(Duration.ofSeconds(10));
        assertThat(last().snapshot().state()).isEqualTo(CallState.INCOMING);
    }

    @Test
    void an_intercom_is_answered_where_the_host_permits_it() {
        open(config -> config.autoAnswer(true));
        rings("Call-Info: <sip:192.0.2.10>;answer-after=2");
        scene.pass(Duration.ofMillis(1_900));
        assertThat(last().snapshot().state()).isEqualTo(CallState.INCOMING);
        scene.pass(Duration.ofMillis(200));
        assertThat(last().snapshot().state()).isEqualTo(CallState.CONNECTING);

        Call talking = last();
        rings("Call-Info: <sip:192.0.2.10>;answer-after=0");
        scene.pass(Duration.ofSeconds(5));
        assertThat(last().snapshot().state()).as("somebody talks").isEqualTo(CallState.INCOMING);
        assertThat(talking.snapshot().state()).isNotEqualTo(CallState.ENDED);
    }

    @Test
    void a_call_that_asks_for_nothing_is_not_answered() {
        open(config -> config.autoAnswer(true));
        rings("Subject: answer-after=0");
        scene.pass(Duration.ofSeconds(5));
        assertThat(last().snapshot().state()).isEqualTo(CallState.INCOMING);
    }

    @Test
    void a_call_with_a_withheld_number_sends_Privacy() {
        open(config -> config);
        scene.alice.dial("bob", CallOptions.DEFAULT.withNumberWithheld(true));
        scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
        assertThat(scene.pbx.last("INVITE").header("Privacy")).isEqualTo("user;id");

        scene.alice.dial("bob");
        scene.until(() -> scene.pbx.received("INVITE").size() == 2);
        assertThat(scene.pbx.last("INVITE").headers("Privacy")).isEmpty();
    }
}
