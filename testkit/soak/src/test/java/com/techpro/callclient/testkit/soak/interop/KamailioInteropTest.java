// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Kamailio as the organisation's phone system: registrar and record-routing proxy. */
@Tag("interop")
class KamailioInteropTest {
    @TempDir
    Path directory;

    private Kamailio kamailio;

    private Kamailio start(String digest) {
        kamailio = new Kamailio(directory, digest);
        return kamailio;
    }

    @AfterEach
    void stop() {
        if (kamailio != null) {
            kamailio.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"UDP, MD5", "TCP, SHA-256", "TLS, MD5", "TLS, SHA-256", "WS, MD5", "WSS, SHA-256"})
    void two_engines_register_and_talk_through_it(SipTransport transport, String digest) {
        SpokenFile speech = SpokenFile.write(directory.resolve("speech.wav"));
        start(digest);
        SpokenFile.Ear left = speech.ear();
        SpokenFile.Ear right = speech.ear();
        try (EnginePhone caller = new EnginePhone(kamailio.account("1001", transport), left).awaitRegistered();
                EnginePhone called = new EnginePhone(kamailio.account("1002", transport), right)
                        .answering()
                        .awaitRegistered()) {
            Call call = caller.account().dial("1002");
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            left.awaitHeard(SpokenFile.ENOUGH);
            right.awaitHeard(SpokenFile.ENOUGH);
            call.hangUp();

            assertThat(EnginePhone.awaitEnding(called.awaitIncoming())).isInstanceOf(CallEnding.RemoteHangUp.class);
            left.assertHeard();
            right.assertHeard();
            caller.awaitNoCalls();
            called.awaitNoCalls();
        }
    }

    @ParameterizedTest
    @CsvSource({"WSS, TLS", "TLS, WSS"})
    void a_WebSocket_and_another_transport_talk_and_hold_and_hang_up(SipTransport from, SipTransport to) {
        SpokenFile speech = SpokenFile.write(directory.resolve("speech.wav"));
        start("SHA-256");
        SpokenFile.Ear left = speech.ear();
        SpokenFile.Ear right = speech.ear();
        try (EnginePhone caller = new EnginePhone(kamailio.account("1001", from), left).awaitRegistered();
                EnginePhone called = new EnginePhone(kamailio.account("1002", to), right)
                        .answering()
                        .awaitRegistered()) {
            Call out = caller.account().dial("1002");
            EnginePhone.awaitState(out, CallState.ESTABLISHED);
            Call in = called.awaitIncoming();
            left.awaitHeard(SpokenFile.ENOUGH);
            right.awaitHeard(SpokenFile.ENOUGH);
            // Requests within the dialog, from either side.
            in.hold();
            EnginePhone.awaitHold(out, HoldState.REMOTE);
            in.resume();
            EnginePhone.awaitHold(out, HoldState.NONE);
            out.hold();
            EnginePhone.awaitHold(in, HoldState.REMOTE);
            in.hangUp();

            assertThat(EnginePhone.awaitEnding(out)).isInstanceOf(CallEnding.RemoteHangUp.class);
            left.assertHeard();
            right.assertHeard();
            caller.awaitNoCalls();
            called.awaitNoCalls();
        }
    }

    @Test
    void a_path_where_no_WebSocket_is_is_told_as_such() {
        start("SHA-256");
        SipAccount.Builder elsewhere =
                kamailio.account("1001", SipTransport.WSS).webSocketPath("/elsewhere");
        try (EnginePhone phone = new EnginePhone(elsewhere, null)) {
            Await.until(
                    "the opening is refused",
                    () -> new Failure.Rejected(404)
                            .equals(phone.account().registration().failure()),
                    Duration.ofSeconds(10));
        }
    }

    @Test
    void of_two_forked_phones_one_answers_and_the_other_records_that() {
        start("MD5");
        try (EnginePhone caller = new EnginePhone(kamailio.account("1001", SipTransport.TLS), null).awaitRegistered();
                EnginePhone first =
                        new EnginePhone(kamailio.account("2001", SipTransport.TLS), null).awaitRegistered();
                EnginePhone second =
                        new EnginePhone(kamailio.account("2002", SipTransport.TLS), null).awaitRegistered()) {
            Call call = caller.account().dial("9000");
            Call ringing = second.awaitIncoming();
            first.awaitIncoming().answer();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);

            assertThat(EnginePhone.awaitEnding(ringing)).isInstanceOf(CallEnding.AnsweredElsewhere.class);
            call.hangUp();
            EnginePhone.awaitEnding(call);
        }
    }

    @Test
    void a_wrong_password_is_told_as_such_and_not_tried_again() {
        start("SHA-256");
        SipAccount.Builder account = SipAccount.builder("1001", Kamailio.DOMAIN, Secret.of("wrong"))
                .outboundProxy(new HostPort("127.0.0.1", kamailio.port(SipTransport.TLS)))
                .tlsTrust(kamailio.authority().trust());
        try (EnginePhone phone = new EnginePhone(account, null)) {
            Await.until(
                    "the account gives up",
                    () -> phone.account().registration().state() == RegistrationState.FAILED,
                    Duration.ofSeconds(10));
            assertThat(phone.account().registration().failure())
                    .isEqualTo(new Failure.AuthenticationFailed(Failure.AuthenticationProblem.WRONG_CREDENTIALS));
        }
    }

    @Test
    void a_certificate_of_an_unknown_authority_is_refused() {
        start("SHA-256");
        SipAccount.Builder account = SipAccount.builder("1001", Kamailio.DOMAIN, Secret.of("pw-1001"))
                .outboundProxy(new HostPort("127.0.0.1", kamailio.port(SipTransport.TLS)));
        try (EnginePhone phone = new EnginePhone(account, null)) {
            Await.until(
                    "TLS is refused",
                    () -> new Failure.TlsFailed(Failure.TlsProblem.UNTRUSTED)
                            .equals(phone.account().registration().failure()),
                    Duration.ofSeconds(10));
        }
    }

    private static String instance(FakeSecureStore store) {
        try {
            byte[] stored = store.read("instance");
            return stored == null ? "" : new String(stored, StandardCharsets.UTF_8);
        } catch (SecureStoreException e) {
            throw new AssertionError(e);
        }
    }

    /** Of the same instance, Kamailio replaces the Contact by itself; so the phone comes back as another. */
    @ParameterizedTest
    @EnumSource(
            value = SipTransport.class,
            names = {"UDP", "TCP", "TLS"})
    void a_phone_that_restarts_without_unregistering_has_one_contact(SipTransport transport)
            throws SecureStoreException {
        start("MD5");
        FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
        FakeSecureStore store = new FakeSecureStore(disk);
        UnaryOperator<CallClientConfig.Builder> stored =
                config -> config.platform(p -> p.store(new FakeSecureStore(disk)));
        try (EnginePhone before = new EnginePhone(kamailio.account("1001", transport), null, stored)) {
            before.awaitRegistered();
            Await.until("the Contact is stored", () -> instance(store).contains("sip:1001@"));
            before.client().close();
        }
        assertThat(kamailio.contacts()).isOne();
        String another = instance(store).replaceFirst("\"instance\":\"[0-9a-f]{8}", "\"instance\":\"00000000");
        store.write(Map.of("instance", another.getBytes(StandardCharsets.UTF_8)));

        try (EnginePhone after = new EnginePhone(kamailio.account("1001", transport), null, stored)) {
            after.awaitRegistered();

            assertThat(kamailio.contacts()).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SipTransport.class,
            names = {"TLS", "TCP", "WSS"})
    void a_restart_in_mid_call_costs_neither_the_speech_nor_the_registration(SipTransport transport) {
        SpokenFile speech = SpokenFile.write(directory.resolve("speech.wav"));
        start("MD5");
        SpokenFile.Ear ear = speech.ear();
        try (EnginePhone caller = new EnginePhone(kamailio.account("1001", transport), ear).awaitRegistered();
                EnginePhone called = new EnginePhone(kamailio.account("1002", transport), speech.ear())
                        .answering()
                        .awaitRegistered()) {
            Call call = caller.account().dial("1002");
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            ear.awaitHeard(SpokenFile.A_WORD);

            kamailio.kill();
            Await.until(
                    "the loss is noticed",
                    () -> caller.account().registration().state() != RegistrationState.REGISTERED,
                    Duration.ofSeconds(10));
            kamailio.startAgain();
            ear.forget();
            ear.awaitHeard(SpokenFile.ENOUGH);
            caller.awaitRegistered();
            called.awaitRegistered();

            assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
            ear.assertHeard();
            call.hangUp();
            EnginePhone.awaitEnding(call);
            Call again = caller.account().dial("1002");
            EnginePhone.awaitState(again, CallState.ESTABLISHED);
            again.hangUp();
            EnginePhone.awaitEnding(again);
        }
    }
}
