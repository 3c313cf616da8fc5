// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.engine.internal.call.sdp.IceFragment;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.SdesOnly;
import com.techpro.callclient.engine.internal.call.sdp.SdpException;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Codecs;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Feeds the lines of a {@link CallTrace} to the {@link CallMachine} again. */
public final class CallReplay {
    private static final Pattern FIELD = Pattern.compile(" (\\w+)=(?:\"((?:\\\\.|[^\"\\\\])*)\"|(\\S*))");
    private static final Map<String, Failure> FAILURES = failures();
    private static final Map<String, CallEnding> ENDINGS = endings();

    private final Map<String, String> fields = new HashMap<>();
    private final String name;

    /** @param text a name and its fields */
    private CallReplay(String text) {
        int space = text.indexOf(' ');
        name = space < 0 ? text : text.substring(0, space);
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            fields.put(
                    field.group(1),
                    field.group(2) == null
                            ? field.group(3)
                            : field.group(2)
                                    .replace("\\n", "\r\n")
                                    .replace("\\\"", "\"")
                                    .replace("\\\\", "\\"));
        }
    }

    /** What the trace says that came of each input: the phase and the effects. */
    public static List<String> recorded(List<String> lines) {
        return steps(lines)
                .map(columns -> columns[2].split(" ")[0] + " -> " + columns[3] + " | " + columns[4])
                .collect(Collectors.toList());
    }

    /** What comes of each input now. */
    public static List<String> replayed(List<String> lines) {
        String[] first = lines.get(0).split("\t");
        CallDirection direction = CallDirection.valueOf(first[0]);
        List<String> out = new ArrayList<>();
        CallPhase phase = new CallReplay(first[1]).first();
        for (String[] columns : steps(lines).collect(Collectors.toList())) {
            CallReplay input = new CallReplay(columns[2]);
            CallMachine.Step step = CallMachine.next(phase, input.input(), direction, Double.parseDouble(columns[1]));
            phase = step.phase();
            out.add(input.name + " -> " + CallTrace.phase(phase) + " | "
                    + CallTrace.effects(step.effects(), UnaryOperator.identity()));
        }
        return out;
    }

    private static Stream<String[]> steps(List<String> lines) {
        return lines.stream().skip(1).map(line -> line.split("\t", -1)).filter(columns -> columns.length == 5);
    }

    private CallPhase first() {
        return name.equals("Idle") ? new CallPhase.Idle() : new CallPhase.OpeningMedia(is("held"));
    }

    private CallInput input() {
        return switch (name) {
            case "InviteReceived" -> new CallInput.InviteReceived(request(), description());
            case "Ready" -> new CallInput.Ready(local());
            case "Answer" -> new CallInput.Answer(local());
            case "Reject" -> new CallInput.Reject(RejectReason.valueOf(text("reason")));
            case "Forward" -> new CallInput.Forward(CallSteps.FORWARDING);
            case "HangUp" -> new CallInput.HangUp();
            case "Hold" -> new CallInput.Hold();
            case "Resume" -> new CallInput.Resume();
            case "LocalAddressChanged" ->
                new CallInput.LocalAddressChanged(
                        fields.containsKey("rtp") ? address(text("rtp")) : null,
                        CallPhase.Target.valueOf(text("target")),
                        ice("ice"));
            case "CallFailed" -> new CallInput.CallFailed(failure());
            case "Progress" ->
                new CallInput.Progress(
                        text("tag"), is("ringing"), description(), CallInput.EarlyMedia.valueOf(text("early")));
            case "EarlyDialogEnded" -> new CallInput.EarlyDialogEnded(text("tag"));
            case "Accepted" ->
                new CallInput.Accepted(new AnswerId(Long.parseLong(text("cseq")), text("tag")), description());
            case "Refused" ->
                new CallInput.Refused(
                        status(),
                        ENDINGS.get(text("ending")),
                        fields.containsKey("instead") ? exchanges(text("instead")) : null);
            case "InviteTimeout" -> new CallInput.InviteTimeout(failure());
            case "InviteLost" -> new CallInput.InviteLost();
            case "ReInviteReceived" -> new CallInput.ReInviteReceived(request(), description(), ice("ice"));
            case "UpdateReceived" -> new CallInput.UpdateReceived(request(), description(), ice("ice"));
            case "Replaced" -> new CallInput.Replaced(request(), description(), local(), CallSteps.CAROL, ice("ice"));
            case "AckReceived" -> new CallInput.AckReceived(description());
            case "AckTimeout" -> new CallInput.AckTimeout();
            case "ByeReceived" -> new CallInput.ByeReceived(is("elsewhere"));
            case "Transferred" -> new CallInput.Transferred(is("bye"));
            case "ByeCompleted" -> new CallInput.ByeCompleted();
            case "CancelReceived" -> new CallInput.CancelReceived(is("elsewhere"));
            case "FlowLost" -> new CallInput.FlowLost();
            case "RingTimeout" -> new CallInput.RingTimeout();
            case "GlareBackoffElapsed" -> new CallInput.GlareBackoffElapsed();
            case "RefreshDue" -> new CallInput.RefreshDue(is("update"));
            case "Refreshed" -> new CallInput.Refreshed();
            case "RefreshRefused" -> new CallInput.RefreshRefused(status(), ENDINGS.get(text("ending")));
            case "RefreshUnanswered" -> new CallInput.RefreshUnanswered(failure());
            case "SessionExpired" -> new CallInput.SessionExpired();
            case "MediaMissing" -> new CallInput.MediaMissing();
            case "TransferRequested" -> new CallInput.TransferRequested(request());
            case "CandidatesReceived" -> new CallInput.CandidatesReceived(request(), fragment());
            case "CandidatesFound" -> new CallInput.CandidatesFound();
            case "PathLost" -> new CallInput.PathLost();
            case "PartyIdentified" -> new CallInput.PartyIdentified(CallSteps.CAROL);
            case "DtmfReceived" ->
                new CallInput.DtmfReceived(
                        '0',
                        ReceivedDtmf.Path.valueOf(text("path")),
                        Duration.ofMillis(Long.parseLong(text("length"))));
            case "DtmfRefused" -> new CallInput.DtmfRefused(CommandRefusal.valueOf(text("why")));
            case "Keyed" -> new CallInput.Keyed(SrtpSuite.valueOf(text("suite")));
            case "ReceptionChanged" -> new CallInput.ReceptionChanged(is("nothing"));
            case "AudioInterrupted" -> new CallInput.AudioInterrupted(failure());
            case "AudioRestored" -> new CallInput.AudioRestored();
            default -> throw new IllegalArgumentException("no such input: " + name);
        };
    }

    private String text(String field) {
        String value = fields.get(field);
        if (value == null) {
            throw new IllegalArgumentException(name + " has no " + field);
        }
        return value;
    }

    private boolean is(String field) {
        return Boolean.parseBoolean(text(field));
    }

    private SipStatus status() {
        return new SipStatus(Integer.parseInt(text("status")), "");
    }

    private Failure failure() {
        return FAILURES.get(text("failure"));
    }

    private RequestId request() {
        return new RequestId(text("method"), Integer.parseInt(text("number")), text("tag"));
    }

    private SessionDescription description() {
        String text = fields.get("sdp");
        try {
            return text == null ? null : SessionDescription.parse((text + "\r\n").getBytes(StandardCharsets.UTF_8));
        } catch (SdpException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private IceAttributes ice(String field) {
        String text = fields.get(field);
        return text == null ? null : IceAttributes.parse(text.isEmpty() ? List.of() : List.of(text.split("\r\n")));
    }

    private String fragment() {
        IceAttributes found = ice("ice");
        return found == null ? "" : IceFragment.write(found, "0", false);
    }

    private LocalMedia local() {
        List<SrtpSuite> suites =
                Arrays.stream(text("suites").split(",")).map(SrtpSuite::valueOf).collect(Collectors.toList());
        SecurityFloor floor = new SecurityFloor(suites, true, false, is("clear"), false);
        List<Codec> codecs =
                Arrays.stream(text("codecs").split(",")).map(CallReplay::codec).collect(Collectors.toList());
        return SdesOnly.create(address(text("rtp")), floor, codecs, KeyingPolicy.valueOf(text("keying")))
                .withIce(ice("localIce"), is("withheld"))
                .offering(exchanges(text("offered")));
    }

    private static Codec codec(String name) {
        return Codecs.ALL.stream()
                .filter(codec -> codec.encodingName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<KeyExchange> exchanges(String names) {
        return names.isEmpty()
                ? Set.of()
                : Arrays.stream(names.split(",")).map(KeyExchange::valueOf).collect(Collectors.toSet());
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    InetAddress.getByName(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Map<String, Failure> failures() {
        Map<String, Failure> all = new HashMap<>();
        for (Class<?> kind : Failure.class.getPermittedSubclasses()) {
            instances(kind).forEach(one -> all.put(((Failure) one).code(), (Failure) one));
        }
        return all;
    }

    private static Map<String, CallEnding> endings() {
        Map<String, CallEnding> all = new HashMap<>();
        FAILURES.forEach((code, failure) -> all.put(code, new CallEnding.Failed(failure)));
        for (Class<?> kind : CallEnding.class.getPermittedSubclasses()) {
            if (kind != CallEnding.Failed.class) {
                instances(kind).forEach(one -> all.put(((CallEnding) one).code(), (CallEnding) one));
            }
        }
        return all;
    }

    /** One for each constant if the first component is an enum, and for each status if it is a number. */
    private static List<Object> instances(Class<?> kind) {
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] constants = new Object[1];
        if (types.length > 0 && types[0].isEnum()) {
            constants = types[0].getEnumConstants();
        } else if (types.length > 0 && types[0] == int.class) {
            constants = IntStream.range(300, 700).boxed().toArray();
        }
        List<Object> all = new ArrayList<>();
        try {
            Constructor<?> constructor = kind.getDeclaredConstructor(types);
            for (Object constant : constants) {
                Object[] arguments = Arrays.stream(types)
                        .map(type -> type == int.class ? 0 : type == String.class ? "" : null)
                        .toArray();
                if (constant != null) {
                    arguments[0] = constant;
                }
                all.add(constructor.newInstance(arguments));
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return all;
    }
}
