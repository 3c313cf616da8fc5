// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone in a browser and the engine call each other through Kamailio: their sound, ICE and DTLS pass between the two alone. */
@Tag("browser")
class BrowserAtKamailioTest {
    @TempDir
    Path directory;

    private Kamailio kamailio;
    private Recitation speech;

    @BeforeEach
    void start() throws IOException {
        kamailio = new Kamailio(directory, "MD5");
        speech = Recitation.writeForUnevenPeer(directory.resolve("speech.wav"));
    }

    @AfterEach
    void stop() {
        kamailio.close();
    }

    private BrowserPhone browser() throws IOException {
        return new BrowserPhone(kamailio, "2001", speech.file());
    }

    private EnginePhone engine(HeadlessAudio ear) {
        return new EnginePhone(
                kamailio.account("1001", SipTransport.TLS)
                        .keyingPolicy(KeyingPolicy.PREFER_DTLS)
                        .ice(IceSettings.DEFAULT.withUse(IceSettings.Use.OFFERED)),
                ear);
    }

    @Test
    void the_browser_calls_and_both_hear_and_hold_and_press_keys() throws IOException {
        HeadlessAudio ear = speech.phone();
        try (EnginePhone phone = engine(ear).answering().awaitRegistered();
                BrowserPhone browser = browser()) {
            browser.dial("1001");
            Call call = phone.awaitIncoming();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            browser.awaitState("talks");
            speech.assertHeard(ear);
            speech.assertHeard(browser);
            assertThat(call.snapshot().keying()).isEqualTo(MediaKeying.DTLS);

            browser.hold();
            EnginePhone.awaitHold(call, HoldState.REMOTE);
            browser.resume();
            EnginePhone.awaitHold(call, HoldState.NONE);
            speech.assertHeard(ear);
            browser.press("5");
            assertThat(phone.awaitDtmf()).isEqualTo('5');
            assertThat(browser.keepStatistics("browser-calls-by-kamailio")).contains("\"dtlsState\": \"connected\"");
            browser.hangUp();
            assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.RemoteHangUp.class);
            phone.awaitNoCalls();
        }
    }

    @Test
    void the_engine_calls_the_browser_and_both_hear() throws IOException {
        HeadlessAudio ear = speech.phone();
        try (EnginePhone phone = engine(ear).awaitRegistered();
                BrowserPhone browser = browser()) {
            browser.isCalledBy(phone, ear, speech, "browser-is-called-by-kamailio");
            phone.awaitNoCalls();
        }
    }
}
