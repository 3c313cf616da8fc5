// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import static com.techpro.callclient.engine.internal.call.machine.CallSteps.ANSWERED;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.AWAITING_ACK;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.CONFIRMED;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.DIALLING;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.HOLDING;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.INCOMING;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.OPENING_MEDIA;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.OUR_OFFER;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.REFRESHING;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.THEIR_ANSWER;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.THEIR_OFFER;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.US;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.shown;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.step;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.engine.internal.call.machine.CallMachine.Step;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Linger;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Target;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Terminated;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The call machine in each of its phases, whatever comes: a table of all outcomes, and what none of them may break. */
class EveryCallInputTest {
    private static final String TABLE = "/call-machine.txt";
    private static final int SEQUENCES = 4_000;
    private static final int LENGTH = 30;

    private static final SipStatus DECLINED = new SipStatus(603, "");

    private static CallInput replaced(SessionDescription offer) {
        return new CallInput.Replaced(new RequestId("INVITE", 7, "else"), offer, US, CallSteps.CAROL, null);
    }

    private static Map<String, CallPhase> phases() {
        Map<String, CallPhase> phases = new LinkedHashMap<>();
        phases.put("OpeningMedia", OPENING_MEDIA);
        phases.put("Dialling", DIALLING);
        phases.put(
                "Dialling, rings",
                step(DIALLING, CallSteps.progress(true, null)).phase());
        phases.put(
                "Dialling, early media",
                step(DIALLING, CallSteps.progress(false, THEIR_ANSWER)).phase());
        phases.put("Dialling, lost", step(DIALLING, new CallInput.InviteLost()).phase());
        phases.put("Idle", CallSteps.IDLE);
        phases.put("Incoming", INCOMING);
        phases.put("Incoming, offer left to us", CallSteps.incoming(null));
        phases.put("Answered", ANSWERED);
        phases.put(
                "Answered, offer is ours",
                step(CallSteps.incoming(null), new CallInput.Answer(US)).phase());
        phases.put("Settled", CONFIRMED);
        phases.put("Offering", HOLDING);
        phases.put("Refreshing", REFRESHING);
        phases.put("AwaitingAck", AWAITING_ACK);
        phases.put("AwaitingAnswer", step(CONFIRMED, CallSteps.offered(null)).phase());
        phases.put(
                "AwaitingAck, replaced", step(CONFIRMED, replaced(THEIR_OFFER)).phase());
        phases.put("AwaitingAnswer, replaced", step(CONFIRMED, replaced(null)).phase());
        phases.put(
                "GlareBackoff",
                step(HOLDING, new CallInput.Refused(new SipStatus(491, ""), CallSteps.BUSY))
                        .phase());
        for (Linger linger : Linger.values()) {
            phases.put("Over, owing " + linger, new Terminated(new CallEnding.LocalHangUp(), linger));
        }
        return phases;
    }

    static List<CallInput> inputs() {
        return List.of(
                CallSteps.invite(THEIR_OFFER),
                CallSteps.invite(null),
                new CallInput.Ready(US),
                new CallInput.Answer(US),
                new CallInput.Reject(RejectReason.BUSY),
                new CallInput.Forward(CallSteps.FORWARDING),
                new CallInput.HangUp(),
                new CallInput.Hold(),
                new CallInput.Resume(),
                new CallInput.LocalAddressChanged(new InetSocketAddress("192.0.2.3", 4_002), Target.TELL_BY_UPDATE),
                new CallInput.CallFailed(new Failure.Unreachable()),
                CallSteps.progress(true, null),
                CallSteps.progress(false, THEIR_ANSWER),
                new CallInput.EarlyDialogEnded("them"),
                CallSteps.accepted(THEIR_ANSWER),
                CallSteps.accepted(null),
                new CallInput.Refused(DECLINED, new CallEnding.Declined()),
                new CallInput.Refused(new SipStatus(491, ""), new CallEnding.Failed(new Failure.Rejected(491))),
                CallSteps.TIMED_OUT,
                new CallInput.InviteLost(),
                CallSteps.offered(THEIR_OFFER),
                CallSteps.offered(null),
                CallSteps.updated(THEIR_OFFER),
                CallSteps.updated(null),
                replaced(THEIR_OFFER),
                replaced(null),
                new CallInput.AckReceived(null),
                new CallInput.AckReceived(CallSteps.answerOf(CallSteps.THEM, OUR_OFFER, null)),
                new CallInput.AckTimeout(),
                new CallInput.ByeReceived(false),
                new CallInput.Transferred(false),
                new CallInput.Transferred(true),
                new CallInput.ByeCompleted(),
                new CallInput.CancelReceived(false),
                new CallInput.FlowLost(),
                new CallInput.RingTimeout(),
                new CallInput.GlareBackoffElapsed(),
                new CallInput.RefreshDue(true),
                new CallInput.RefreshDue(false),
                new CallInput.Refreshed(),
                CallSteps.refreshRefused(500),
                new CallInput.RefreshUnanswered(new Failure.TimedOut(Failure.Waited.RESPONSE)),
                new CallInput.SessionExpired(),
                new CallInput.MediaMissing(),
                new CallInput.TransferRequested(new RequestId("REFER", 7, "them")),
                new CallInput.CandidatesReceived(new RequestId("INFO", 7, "them"), ""),
                new CallInput.CandidatesFound(),
                new CallInput.PathLost(),
                new CallInput.PartyIdentified(CallSteps.CAROL),
                new CallInput.DtmfReceived('1', ReceivedDtmf.Path.INFO, Duration.ofMillis(160)),
                new CallInput.DtmfRefused(CommandRefusal.NOT_ESTABLISHED),
                new CallInput.Keyed(SrtpSuite.AES_CM_128_HMAC_SHA1_80),
                new CallInput.ReceptionChanged(true),
                new CallInput.AudioInterrupted(new Failure.MicrophoneDenied()),
                new CallInput.AudioRestored());
    }

    /** What cannot come in a phase: nothing is signalled there yet, or it waits for another phase. */
    static boolean isPossible(CallPhase phase, CallInput input) {
        if (phase instanceof CallPhase.Idle || input instanceof CallInput.InviteReceived) {
            return phase instanceof CallPhase.Idle && input instanceof CallInput.InviteReceived;
        }
        boolean within = input instanceof CallInput.OfferReceived || input instanceof CallInput.Accepted;
        if (phase instanceof CallPhase.OpeningMedia) {
            return !within;
        }
        if (input instanceof CallInput.Replaced) {
            return CommandRules.isReplaceable(phase) && !(phase instanceof CallPhase.Incoming);
        }
        boolean asked = phase instanceof CallPhase.Dialling
                || phase instanceof Terminated
                || phase instanceof CallPhase.Confirmed;
        return !(input instanceof CallInput.Accepted) || asked;
    }

    @Test
    void every_input_there_is_is_among_them() {
        Set<Class<?>> tried = inputs().stream().map(Object::getClass).collect(Collectors.toSet());
        Set<Class<?>> all = new HashSet<>(Arrays.asList(CallInput.class.getPermittedSubclasses()));
        all.addAll(Arrays.asList(CallInput.OfferReceived.class.getPermittedSubclasses()));
        all.addAll(Arrays.asList(CallInput.Observation.class.getPermittedSubclasses()));
        all.remove(CallInput.OfferReceived.class);
        all.remove(CallInput.Observation.class);
        assertThat(tried).isEqualTo(all);
    }

    @Test
    void neither_digits_nor_the_passwords_of_candidates_are_shown() {
        CallInput key = new CallInput.DtmfReceived('#', ReceivedDtmf.Path.INFO, Duration.ofMillis(160));
        CallInput candidates = new CallInput.CandidatesReceived(
                new RequestId("INFO", 7, "them"), "a=ice-pwd:asd88fgpdd777uzjYhagZg\r\n");

        assertThat(key + " " + step(CONFIRMED, key).effects()).doesNotContain("#");
        assertThat(candidates + " " + step(CONFIRMED, candidates).effects()).doesNotContain("asd88fgpdd777uzjYhagZg");
    }

    /** With {@code -Dcallclient.writeTables=FOLDER} the table is written there anew, to be read before it is kept. */
    @Test
    void each_outcome_is_that_of_the_table() throws IOException {
        List<String> table = new ArrayList<>();
        phases().forEach((name, phase) -> {
            for (CallInput input : inputs()) {
                if (isPossible(phase, input)) {
                    Step step = step(phase, input);
                    requireOwed(input, step);
                    boolean nothing =
                            step.phase().equals(phase) && step.effects().isEmpty();
                    table.add(name + " | " + described(input) + " | "
                            + (nothing ? "-" : shown(step.phase()) + " | " + effects(step)));
                }
            }
        });

        String folder = System.getProperty("callclient.writeTables");
        if (folder != null) {
            Files.write(Path.of(folder + TABLE), table, StandardCharsets.UTF_8);
        }
        try (InputStream kept = EveryCallInputTest.class.getResourceAsStream(TABLE)) {
            assertThat(kept).isNotNull();
            assertThat(String.join("\n", table) + "\n")
                    .isEqualTo(new String(kept.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String effects(Step step) {
        return step.effects().stream().map(CallSteps::shown).collect(Collectors.joining(", "));
    }

    private static String described(CallInput input) {
        String name = input.getClass().getSimpleName();
        if (input instanceof CallInput.OfferReceived offered) {
            return name + (offered.offer() == null ? "" : "+sdp");
        }
        if (input instanceof CallInput.Accepted accepted) {
            return name + (accepted.answer() == null ? "" : "+sdp");
        }
        if (input instanceof CallInput.InviteReceived invite) {
            return name + (invite.offer() == null ? "" : "+sdp");
        }
        if (input instanceof CallInput.Progress progress) {
            return name + (progress.answer() == null ? "" : "+sdp");
        }
        if (input instanceof CallInput.AckReceived acknowledged) {
            return name + (acknowledged.answer() == null ? "" : "+sdp");
        }
        if (input instanceof CallInput.Refused refused) {
            return name + " " + refused.status().code();
        }
        if (input instanceof CallInput.Transferred transferred) {
            return name + (transferred.goodbye() ? " by BYE" : "");
        }
        return input instanceof CallInput.RefreshDue due ? name + (due.byUpdate() ? " by UPDATE" : "") : name;
    }

    /** Each request is answered once, and each 2xx to ours is acknowledged, whatever the phase (RFC 3261 §8.2.6, §13.2.2.4). */
    private static void requireOwed(CallInput input, Step step) {
        if (input instanceof CallInput.OfferReceived offered) {
            RequestId id = offered instanceof CallInput.ReInviteReceived invited
                    ? invited.id()
                    : offered instanceof CallInput.UpdateReceived updated
                            ? updated.id()
                            : ((CallInput.Replaced) offered).id();
            assertThat(step.effects().stream()
                            .filter(effect -> effect instanceof CallEffect.Respond respond
                                    && respond.to().equals(id))
                            .count())
                    .as(described(input) + " is answered once")
                    .isEqualTo(1);
        }
        if (input instanceof CallInput.Accepted) {
            assertThat(step.effects().stream()
                            .filter(effect ->
                                    effect instanceof CallEffect.Acknowledge || effect instanceof CallEffect.Discard)
                            .count())
                    .as(described(input) + " is acknowledged")
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void no_order_of_inputs_leaves_something_owed_or_a_call_without_an_end(long seed) {
        Random random = Seeds.random(seed);
        List<CallInput> inputs = inputs();
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            CallPhase phase = random.nextBoolean() ? OPENING_MEDIA : INCOMING;
            CallDirection direction = random.nextBoolean() ? CallDirection.OUTGOING : CallDirection.INCOMING;
            List<String> story = new ArrayList<>();
            boolean over = false;
            int goodbyes = 0;
            for (int i = 0; i < LENGTH; i++) {
                CallInput input = inputs.get(random.nextInt(inputs.size()));
                if (!isPossible(phase, input)) {
                    continue;
                }
                story.add(described(input));
                Step step = CallMachine.next(phase, input, direction, random.nextDouble());
                requireOwed(input, step);
                goodbyes += (int) step.effects().stream()
                        .filter(CallEffect.Bye.class::isInstance)
                        .count();
                over |= step.phase() instanceof Terminated;
                assertThat(step.phase() instanceof Terminated)
                        .as("over is over: " + story)
                        .isEqualTo(over);
                if (over) {
                    assertThat(step.effects())
                            .as("nothing begins after the end: " + story)
                            .noneMatch(effect -> effect instanceof CallEffect.Invite
                                    || effect instanceof CallEffect.Refresh
                                    || effect instanceof CallEffect.StartGlareBackoff);
                }
                phase = step.phase();
            }
            assertThat(goodbyes).as("one goodbye at most: " + story).isLessThanOrEqualTo(1);
            if (!over) {
                Step end = CallMachine.next(phase, new CallInput.HangUp(), direction, 0.5);
                assertThat(end.phase()).as("the user ends it: " + story).isInstanceOf(Terminated.class);
            }
        }
    }
}
