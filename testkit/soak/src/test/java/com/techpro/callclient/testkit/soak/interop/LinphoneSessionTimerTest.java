// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.trace.SipTraceMessage;
import com.techpro.callclient.testkit.contracts.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of 90 s (RFC 4028) with linphonec, which asks us to refresh one and refreshes the other itself; both at once, as nothing shorter is allowed. */
@Tag("interop")
@Tag("real-timers")
class LinphoneSessionTimerTest {
    /** Half of the session, and some. */
    private static final Duration REFRESH = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<SipTraceMessage> ofFirst = new CopyOnWriteArrayList<>();
    private final List<SipTraceMessage> ofSecond = new CopyOnWriteArrayList<>();

    private static EnginePhone phone(Kamailio kamailio, String extension, List<SipTraceMessage> trace) {
        return new EnginePhone(
                        kamailio.account(extension, SipTransport.TLS),
                        Tone.of(440).phone(),
                        config -> config.sipTrace(trace::add))
                .answering()
                .awaitRegistered();
    }

    private static long count(List<SipTraceMessage> trace, SipTraceMessage.Direction direction, String methods) {
        return trace.stream()
                .filter(message ->
                        message.direction() == direction && message.summary().matches("(" + methods + ")"))
                .count();
    }

    @Test
    void each_side_refreshes_when_it_is_the_refresher() {
        Path sound = Tone.of(590).write(directory.resolve("sound.wav"));
        try (Kamailio kamailio = new Kamailio(directory, "MD5");
                EnginePhone first = phone(kamailio, "1001", ofFirst);
                EnginePhone second = phone(kamailio, "1002", ofSecond);
                Linphone asking = Linphone.refreshing(directory.resolve("asking"), kamailio, "2001", sound, "uas");
                Linphone refreshing =
                        Linphone.refreshing(directory.resolve("refreshing"), kamailio, "2002", sound, "uac")) {
            asking.call("1001");
            refreshing.call("1002");
            Call ours = first.awaitIncoming();
            Call theirs = second.awaitIncoming();
            EnginePhone.awaitState(ours, CallState.ESTABLISHED);
            EnginePhone.awaitState(theirs, CallState.ESTABLISHED);
            long received = count(ofSecond, SipTraceMessage.Direction.RECEIVED, "INVITE|UPDATE");

            Await.until(
                    "we refresh",
                    () -> count(ofFirst, SipTraceMessage.Direction.SENT, "INVITE|UPDATE") > 0
                            && count(ofFirst, SipTraceMessage.Direction.RECEIVED, "200 (INVITE|UPDATE)") > 0,
                    REFRESH);
            Await.until(
                    "linphonec refreshes",
                    () -> count(ofSecond, SipTraceMessage.Direction.RECEIVED, "INVITE|UPDATE") > received,
                    REFRESH);
            assertThat(ours.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
            assertThat(theirs.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
            asking.end();
            assertThat(EnginePhone.awaitEnding(ours)).isInstanceOf(CallEnding.RemoteHangUp.class);
            theirs.hangUp();
            first.awaitNoCalls();
            second.awaitNoCalls();
        }
    }
}
