// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.engine.internal.call.machine.CallMachine.Step;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Answered;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Confirmed;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Dialling;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Exchange;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Linger;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Target;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Terminated;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.NegotiatedMedia;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.stack.media.MediaDirection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All states of a call between two of us, and what each input does in each: {@code call-machine.txt}, finer, for two
 * ends that speak to each other. It is made by asking the {@link CallMachine} until nothing new comes. A state says
 * what a later step depends on: holds, addresses, directions; not keys, versions, codecs and counts of attempts.
 */
final class CallModel {
    private static final LocalMedia THERE = CallSteps.THEM.at(new InetSocketAddress("192.0.2.2", 5_002));
    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 4_002);
    private static final Set<Integer> MOVED = Set.of(4_002, 5_002);

    /** What the user, the timers and the network below do; what arrives follows from the effects. */
    private static final Map<String, CallInput> LOCAL = local();

    /** A line of the table. An input that changes nothing has the same state and no effects. */
    record Row(String state, String input, String next, List<String> effects) {
        @Override
        public String toString() {
            return state + " | " + input + " | " + next + " | " + String.join(", ", effects);
        }
    }

    private final Map<String, CallPhase> states = new LinkedHashMap<>();
    private final Set<String> inputs = new LinkedHashSet<>(LOCAL.keySet());
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Row> rows = new LinkedHashMap<>();

    CallModel() {
        states.put(key(CallSteps.OPENING_MEDIA), CallSteps.OPENING_MEDIA);
        states.put(key(CallSteps.IDLE), CallSteps.IDLE);
        int before = -1;
        while (before != states.size() + inputs.size()) {
            before = states.size() + inputs.size();
            new ArrayList<>(states.keySet()).forEach(state -> new ArrayList<>(inputs).forEach(it -> ask(state, it)));
        }
    }

    private void ask(String state, String name) {
        if (!asked.add(state + " | " + name)) {
            return;
        }
        CallPhase phase = states.get(state);
        CallInput input = input(phase, name);
        if (input == null || !EveryCallInputTest.isPossible(phase, input)) {
            return;
        }
        Step step = CallSteps.step(phase, input);
        Row row = row(state, name, step);
        rows.put(state + " | " + name, row);
        states.putIfAbsent(row.next(), step.phase());
        row.effects().stream()
                .map(effect -> arrives(effect, state))
                .filter(it -> !it.isEmpty())
                .forEach(inputs::add);
    }

    private static Row row(String state, String input, Step step) {
        List<String> effects = step.effects().stream().map(CallModel::shown).collect(Collectors.toList());
        return new Row(state, input, key(step.phase()), effects);
    }

    Map<String, CallPhase> states() {
        return states;
    }

    List<String> inputs() {
        return new ArrayList<>(inputs);
    }

    List<Row> rows() {
        return new ArrayList<>(rows.values());
    }

    /** Puts another outcome in place of the machine's, to see that a property notices. */
    void change(String state, String input, String next, String... effects) {
        String row = state + " | " + input;
        if (rows.replace(row, new Row(state, input, next, List.of(effects))) == null) {
            throw new IllegalArgumentException("no row " + row);
        }
    }

    /**
     * Feeds the real machine with these inputs.
     *
     * @param story each input after its end, as {@code caller: HangUp}
     * @return where it does something else than this table; empty if nowhere
     */
    List<String> replay(List<String> story) {
        Map<String, CallPhase> now = new LinkedHashMap<>();
        now.put("caller", CallSteps.OPENING_MEDIA);
        now.put("callee", CallSteps.IDLE);
        List<String> other = new ArrayList<>();
        for (String line : story) {
            String end = line.substring(0, 6);
            String name = line.substring(8);
            CallPhase phase = now.get(end);
            CallDirection direction = end.equals("caller") ? CallDirection.OUTGOING : CallDirection.INCOMING;
            Step step = CallMachine.next(phase, input(phase, name), direction, 0.5);
            Row real = row(key(phase), name, step);
            if (!real.equals(rows.get(key(phase) + " | " + name))) {
                other.add(line + ": " + real);
            }
            now.put(end, step.phase());
        }
        return other;
    }

    /** The input that an effect causes at the far end, or nothing. */
    static String arrives(String effect, String state) {
        String[] words = effect.split(" ", 2);
        boolean success = effect.contains(" 200");
        return switch (words[0]) {
            case "Invite" -> (state.equals("OpeningMedia") ? "InviteReceived " : "ReInviteReceived ") + words[1];
            case "Refresh" -> "UpdateReceived";
            case "Ring180" -> "Progress";
            case "Respond" -> success ? "Accepted " + effect.substring("Respond 200 ".length()) : "Refused " + words[1];
            case "RespondToUpdate" -> success ? "Refreshed" : "RefreshRefused " + words[1];
            case "Acknowledge", "Discard" -> "AckReceived";
            case "Bye" -> "ByeReceived";
            case "Cancel" -> "CancelReceived";
            default -> "";
        };
    }

    private static Map<String, CallInput> local() {
        Failure silence = new Failure.TimedOut(Failure.Waited.RESPONSE);
        Map<String, CallInput> all = new LinkedHashMap<>();
        for (CallInput input : List.of(
                new CallInput.Ready(CallSteps.US),
                new CallInput.Answer(CallSteps.US),
                new CallInput.HangUp(),
                new CallInput.Hold(),
                new CallInput.Resume(),
                new CallInput.LocalAddressChanged(HERE, Target.TELL_BY_UPDATE),
                new CallInput.RefreshDue(true),
                new CallInput.RingTimeout(),
                new CallInput.GlareBackoffElapsed(),
                new CallInput.InviteTimeout(silence),
                new CallInput.RefreshUnanswered(silence),
                new CallInput.AckTimeout(),
                new CallInput.SessionExpired(),
                new CallInput.AckReceived(null),
                new CallInput.ByeReceived(false),
                new CallInput.CancelReceived(false))) {
            all.put(input.getClass().getSimpleName(), input);
        }
        all.put("ContactChanged", new CallInput.LocalAddressChanged(null, Target.TELL_BY_UPDATE));
        all.put("Progress", CallSteps.progress(true, null));
        all.put("UpdateReceived", CallSteps.updated(null));
        all.put("RefreshRefused 500", CallSteps.refreshRefused(500));
        all.put("Refreshed", new CallInput.Refreshed());
        return all;
    }

    /** An input by its name, with what suits the phase: an answer answers the offer that waits for it. */
    private static CallInput input(CallPhase phase, String name) {
        CallInput local = LOCAL.get(name);
        if (local != null) {
            return local;
        }
        String[] words = name.split(" ");
        LocalMedia them = name.endsWith("moved") ? THERE : CallSteps.THEM;
        if (words[0].equals("RefreshRefused")) {
            return CallSteps.refreshRefused(Integer.parseInt(words[1]));
        }
        if (words[0].equals("Refused")) {
            return new CallInput.Refused(new SipStatus(Integer.parseInt(words[1]), ""), CallSteps.BUSY);
        }
        MediaDirection direction = MediaDirection.valueOf(words[1].toUpperCase(Locale.ROOT));
        if (words[0].equals("Accepted")) {
            SessionDescription answer = answer(offer(phase), them, words[1]);
            return answer == null ? null : CallSteps.accepted(answer);
        }
        SessionDescription offer = OfferAnswer.offer(them, direction);
        return words[0].equals("InviteReceived") ? CallSteps.invite(offer) : CallSteps.offered(offer);
    }

    private static SessionDescription offer(CallPhase phase) {
        if (phase instanceof Confirmed talking && talking.exchange() instanceof Exchange.Offering mine) {
            return mine.offer();
        }
        return phase instanceof Dialling dialling ? dialling.offer() : CallSteps.OUR_OFFER;
    }

    /** Null if no answer to this offer has that direction. */
    private static SessionDescription answer(SessionDescription offer, LocalMedia them, String direction) {
        for (MediaDirection wanted : MediaDirection.values()) {
            if (OfferAnswer.answer(them, wanted, offer) instanceof Negotiation.Agreed agreed
                    && shown(agreed.local()).split(" ")[0].equals(direction)) {
                return agreed.local();
            }
        }
        return null;
    }

    private static String shown(CallEffect effect) {
        SessionDescription description = effect instanceof CallEffect.Respond respond
                ? respond.description()
                : effect instanceof CallEffect.Invite invite ? invite.offer() : null;
        String name = CallSteps.shown(effect).replace("+sdp", "").replace(" later", "");
        return description == null ? name : name + " " + shown(description);
    }

    /** The direction, and whether it names the address to which the sender has moved. */
    private static String shown(SessionDescription description) {
        String text = new String(description.encode(), StandardCharsets.UTF_8);
        String direction = List.of("sendonly", "recvonly", "inactive").stream()
                .filter(it -> text.contains("a=" + it))
                .findFirst()
                .orElse("sendrecv");
        return direction + flag(isMoved(description), " moved");
    }

    private static boolean isMoved(SessionDescription description) {
        return description.media().stream().anyMatch(line -> MOVED.contains(line.port()));
    }

    private static String flag(boolean set, String text) {
        return set ? text : "";
    }

    /** The state of which this phase is one example. */
    static String key(CallPhase phase) {
        if (phase instanceof Terminated over) {
            return "Over" + flag(over.linger() != Linger.NOTHING, " owing " + over.linger());
        }
        if (phase instanceof Dialling now) {
            return "Dialling" + flag(now.ringing(), " rings") + flag(now.held(), " hold");
        }
        if (phase instanceof Answered now) {
            return "Answered" + here(now.local(), now.mine(), now.held(), now.target()) + there(now.media());
        }
        if (!(phase instanceof Confirmed now)) {
            return phase.getClass().getSimpleName();
        }
        return "Confirmed " + exchange(now.exchange()) + here(now.local(), now.mine(), now.held(), now.target())
                + flag(now.told(), " told") + flag(now.refused(), " refused")
                + flag(isMoved(now.sent()), " sent") + there(now.media());
    }

    private static String exchange(Exchange exchange) {
        String name = exchange.getClass().getSimpleName();
        if (exchange instanceof Exchange.Offering mine) {
            return name + flag(mine.held(), " sendonly") + flag(isMoved(mine.offer()), " there")
                    + flag(mine.target(), " telling") + ",";
        }
        return name + flag(exchange instanceof Exchange.Refreshing mine && mine.target(), " telling") + ",";
    }

    private static String here(LocalMedia local, SessionDescription mine, boolean held, Target target) {
        return flag(MOVED.contains(local.rtp().getPort()), " moved")
                + flag(isMoved(mine), " known")
                + flag(held, " hold")
                + flag(target != Target.KNOWN, " " + target);
    }

    private static String there(NegotiatedMedia media) {
        return " / " + media.parameters().direction().name().toLowerCase(Locale.ROOT)
                + flag(media.remoteHold(), " holds")
                + flag(MOVED.contains(media.parameters().remoteRtp().getPort()), " moved");
    }
}
