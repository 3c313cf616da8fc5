// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.HOST;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.FakeNotifications;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise U7: of calls that somebody dealt with nobody is told as of missed ones. */
class NotMissedTest {
    private final FakeNotifications notices = new FakeNotifications();
    private ScriptedPhoneSystem scene;

    @BeforeEach
    void ring() {
        scene = new ScriptedPhoneSystem(
                        77,
                        SipTransport.UDP,
                        account -> account,
                        config -> config.platform(p -> p.notifications(notices).permissions(new FakePermissions())))
                .registered();
        scene.invite("one", "z9hG4bKone", 1, sdp("192.0.2.10", 40_000, 1));
        scene.pass(Duration.ofSeconds(2));
        assertThat(notices.shown()).singleElement().isInstanceOf(Notice.IncomingCall.class);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void cancel(String reason) {
        scene.pbx.send("CANCEL " + scene.pbx.last("REGISTER").uri("Contact") + " SIP/2.0\nVia: SIP/2.0/UDP " + HOST
                + ":5060;branch=z9hG4bKone\nMax-Forwards: 70\nFrom: \"Bob\" <sip:bob@" + HOST + ">;tag=bob\n"
                + "To: <sip:alice@" + HOST + ">\nCall-ID: one\nCSeq: 1 CANCEL\n" + reason);
        scene.pass(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Reason: SIP;cause=200;text=\"Call completed elsewhere\"\n", "Reason: SIP;cause=200\n"})
    void U7_a_call_that_another_phone_of_the_user_took_is_not_missed(String reason) {
        cancel(reason);

        assertThat(notices.shown()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Reason: SIP;cause=487\n", "Reason: Q.850;cause=16\n"})
    void U7_a_call_that_its_caller_gave_up_is_missed(String reason) {
        cancel(reason);

        assertThat(notices.shown()).singleElement().isInstanceOf(Notice.MissedCall.class);
    }

    @Test
    void U7_a_call_that_the_user_sent_on_is_not_missed() {
        scene.incoming.get(0).forward("1003");
        scene.pass(Duration.ofSeconds(1));

        assertThat(scene.pbx.last("SIP/2.0 302").header("Contact")).contains("1003");
        assertThat(notices.shown()).isEmpty();
    }
}
