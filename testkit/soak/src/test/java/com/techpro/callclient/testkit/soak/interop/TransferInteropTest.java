// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine, baresip and linphonec transfer each other over TLS through a Kamailio that stays on the way (Record-Route) and knows nothing of transfers.
 * Afterwards those who are left hear each other. baresip 1.1 knows no Replaces: it has a part in attended transfers only through a phone system that is between all.
 */
@Tag("interop")
class TransferInteropTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration ENOUGH = Duration.ofSeconds(1);
    /** Of a call that is over by then. */
    private static final Duration RECORDED = Duration.ofMillis(600);

    private static final Tone ANNA = Tone.of(440);
    private static final Tone ZORA = Tone.of(350);
    private static final Tone BERT = Tone.of(590);
    private static final Tone LINA = Tone.of(770);

    @TempDir
    Path directory;

    private Kamailio kamailio;
    private HeadlessAudio annasSound;
    private HeadlessAudio zorasSound;
    private EnginePhone anna;
    private EnginePhone zora;
    private Baresip bert;
    private Linphone lina;

    @BeforeEach
    void start() {
        kamailio = new Kamailio(directory, "MD5");
        annasSound = ANNA.phone();
        anna = new EnginePhone(kamailio.account("1001", SipTransport.TLS), annasSound).awaitRegistered();
    }

    private void withZora() {
        zorasSound = ZORA.phone();
        zora = new EnginePhone(kamailio.account("1004", SipTransport.TLS), zorasSound)
                .answering()
                .awaitRegistered();
    }

    private void withBert() {
        bert = new Baresip(
                directory.resolve("baresip"),
                kamailio,
                "1002",
                SipTransport.TLS,
                "srtp-mand",
                BERT.write(directory.resolve("bert.wav")));
    }

    private void withLina() {
        lina = new Linphone(directory.resolve("linphone"), kamailio, "1003", LINA.write(directory.resolve("lina.wav")));
    }

    /** All that there is, if one of them did not start. */
    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : Arrays.asList(lina, bert, zora, anna, kamailio)) {
            if (each != null) {
                each.close();
            }
        }
    }

    private static TransferOutcome outcome(CompletionStage<TransferOutcome> transfer) {
        var future = transfer.toCompletableFuture();
        Await.until("the transfer is over", future::isDone, LIMIT);
        return future.join();
    }

    private static void awaitHeard(HeadlessAudio by, Tone whom) {
        Await.until(
                "a tone of " + whom.hertz() + " Hz is heard",
                () -> Tone.together(Tone.last(ENOUGH, by.heard()), whom).equals(ENOUGH),
                LIMIT);
    }

    private static void awaitHeard(Softphone by, Tone whom) {
        Await.until(
                "a tone of " + whom.hertz() + " Hz is recorded",
                () -> Tone.together(Tone.read(by.heard()), whom).compareTo(RECORDED) >= 0,
                LIMIT);
    }

    private Call talk(EnginePhone phone, String number, Softphone peer) {
        Call call = phone.account().dial(number);
        peer.answer();
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        return call;
    }

    @Test
    void the_engine_transfers_baresip_to_linphonec() {
        withBert();
        withLina();
        Call call = talk(anna, "1002", bert);
        awaitHeard(annasSound, BERT);

        CompletionStage<TransferOutcome> transfer = call.transfer("1003");
        lina.answer();

        assertThat(outcome(transfer)).isInstanceOf(TransferOutcome.Transferred.class);
        assertThat(EnginePhone.awaitEnding(call)).isEqualTo(new CallEnding.Transferred());
        awaitHeard(bert, LINA);
        awaitHeard(lina, BERT);
        anna.awaitNoCalls();
    }

    @Test
    void baresip_transfers_the_engine_to_linphonec_when_its_user_agrees() {
        withBert();
        withLina();
        Call call = talk(anna, "1002", bert);

        bert.transfer("1003");
        CallEvent.TransferRequested asked = anna.awaitEvent(CallEvent.TransferRequested.class);
        assertThat(asked.target().user()).isEqualTo("1003");
        call.acceptTransfer();
        lina.answer();

        Call next = anna.awaitEvent(CallEvent.TransferFollowed.class).next();
        EnginePhone.awaitState(next, CallState.ESTABLISHED);
        assertThat(EnginePhone.awaitEnding(call)).isEqualTo(new CallEnding.Transferred());
        awaitHeard(annasSound, LINA);
        next.hangUp();
        lina.awaitEnd(1);
        awaitHeard(lina, ANNA);
        anna.awaitNoCalls();
    }

    @Test
    void linphonec_transfers_the_engine_to_baresip() {
        withBert();
        withLina();
        Call call = talk(anna, "1003", lina);

        lina.transfer(1, "1002");
        anna.awaitEvent(CallEvent.TransferRequested.class);
        call.acceptTransfer();
        bert.answer();

        Call next = anna.awaitEvent(CallEvent.TransferFollowed.class).next();
        EnginePhone.awaitState(next, CallState.ESTABLISHED);
        assertThat(EnginePhone.awaitEnding(call)).isEqualTo(new CallEnding.Transferred());
        awaitHeard(annasSound, BERT);
        awaitHeard(bert, ANNA);
        next.hangUp();
        anna.awaitNoCalls();
    }

    @Test
    void linphonec_replaces_an_engines_call_in_an_attended_transfer() {
        withLina();
        withZora();
        Call first = talk(anna, "1003", lina);
        Call second = anna.account().dial("1004");
        Call atZora = zora.awaitIncoming();
        EnginePhone.awaitState(second, CallState.ESTABLISHED);
        EnginePhone.awaitHold(first, HoldState.LOCAL);

        assertThat(outcome(first.transferTo(second))).isInstanceOf(TransferOutcome.Transferred.class);

        assertThat(EnginePhone.awaitEnding(first)).isEqualTo(new CallEnding.Transferred());
        assertThat(EnginePhone.awaitEnding(second)).isEqualTo(new CallEnding.Transferred());
        assertThat(atZora.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(atZora.snapshot().remote().user()).isEqualTo("1003");
        awaitHeard(zorasSound, LINA);
        atZora.hangUp();
        anna.awaitNoCalls();
        zora.awaitNoCalls();
    }

    @Test
    void an_engine_replaces_linphonecs_call_in_an_attended_transfer() {
        withLina();
        withZora();
        Call second = talk(anna, "1003", lina);
        Call first = anna.account().dial("1004");
        Call atZora = zora.awaitIncoming();
        EnginePhone.awaitState(first, CallState.ESTABLISHED);
        EnginePhone.awaitHold(second, HoldState.LOCAL);

        CompletionStage<TransferOutcome> transfer = first.transferTo(second);
        zora.awaitEvent(CallEvent.TransferRequested.class);
        atZora.acceptTransfer();
        Call next = zora.awaitEvent(CallEvent.TransferFollowed.class).next();

        assertThat(outcome(transfer)).isInstanceOf(TransferOutcome.Transferred.class);
        EnginePhone.awaitState(next, CallState.ESTABLISHED);
        assertThat(EnginePhone.awaitEnding(second)).isEqualTo(new CallEnding.Transferred());
        awaitHeard(zorasSound, LINA);
        next.hangUp();
        anna.awaitNoCalls();
        zora.awaitNoCalls();
    }

    @Test
    void through_a_phone_system_the_engine_connects_baresip_with_linphonec() {
        Path there = directory.resolve("pbx");
        try (PbxServer server = new PbxServer(directory, "1001", "1002", "1003");
                EnginePhone dora = new EnginePhone(server.pbx().account("1001"), ANNA.phone()).awaitRegistered();
                Baresip peer = new Baresip(
                        there.resolve("baresip"),
                        server,
                        "1002",
                        SipTransport.TLS,
                        "srtp-mand",
                        BERT.write(directory.resolve("bert.wav")));
                Linphone other = new Linphone(
                        there.resolve("linphone"), server, "1003", LINA.write(directory.resolve("lina.wav")))) {
            Call first = talk(dora, "1002", peer);
            Call second = talk(dora, "1003", other);
            EnginePhone.awaitHold(first, HoldState.LOCAL);

            assertThat(outcome(first.transferTo(second))).isInstanceOf(TransferOutcome.Transferred.class);

            assertThat(EnginePhone.awaitEnding(first)).isEqualTo(new CallEnding.Transferred());
            assertThat(EnginePhone.awaitEnding(second)).isEqualTo(new CallEnding.Transferred());
            dora.awaitNoCalls();
            long before = server.pbx().state().packetsOut();
            Await.until("two seconds of sound pass", () -> server.pbx().state().packetsOut() > before + 200, LIMIT);
            other.end();
            awaitHeard(other, BERT);
        }
    }

    @Test
    void linphonec_connects_two_engines_with_each_other() {
        withLina();
        withZora();
        Call atAnna = talk(anna, "1003", lina);
        // It takes no second call before it has put the first on hold.
        lina.hold();
        EnginePhone.awaitHold(atAnna, HoldState.REMOTE);
        lina.call("1004");
        Call atZora = zora.awaitIncoming();

        lina.transferTo(1, 2);
        anna.awaitEvent(CallEvent.TransferRequested.class);
        atAnna.acceptTransfer();
        Call next = anna.awaitEvent(CallEvent.TransferFollowed.class).next();
        EnginePhone.awaitState(next, CallState.ESTABLISHED);

        awaitHeard(annasSound, ZORA);
        awaitHeard(zorasSound, ANNA);
        assertThat(atZora.snapshot().remote().user()).isEqualTo("1001");
        assertThat(EnginePhone.awaitEnding(atAnna)).isEqualTo(new CallEnding.Transferred());
        next.hangUp();
        anna.awaitNoCalls();
        zora.awaitNoCalls();
    }
}
