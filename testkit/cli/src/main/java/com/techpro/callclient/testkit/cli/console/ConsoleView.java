// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.google.gson.Gson;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxRoom;
import com.techpro.callclient.testkit.pbx.PbxState;
import com.techpro.callclient.testkit.pbx.PbxVoicemail;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of a PBX for the page, as JSON without secrets. Waits for the PBX, which never waits
 * for it.
 */
final class ConsoleView {
    private final Gson gson = new Gson();
    private final EmbeddedPbx pbx;
    private final @Nullable PbxVoicemail voicemail;
    private final FaultSwitches faults;
    private final RungCalls rung;
    private final RecentCalls recent;

    ConsoleView(
            EmbeddedPbx pbx,
            @Nullable PbxVoicemail voicemail,
            FaultSwitches faults,
            RungCalls rung,
            RecentCalls recent) {
        this.pbx = pbx;
        this.voicemail = voicemail;
        this.faults = faults;
        this.rung = rung;
        this.recent = recent;
    }

    private record All(
            String domain,
            List<Phone> extensions,
            List<Registration> registrations,
            List<Live> calls,
            Counters counters,
            @Nullable List<Mailbox> mailboxes,
            List<Room> rooms,
            List<FaultSwitches.Switch> faults,
            List<RungCalls.Shown> rung,
            List<RecentCalls.Shown> recent) {}

    /**
     * An extension.
     *
     * @param toPhone the impairments of what its phones hear; null if there are none
     * @param fromPhone those of what they send
     */
    private record Phone(
            String number,
            PhoneState state,
            ExtensionFaults.@Nullable Shown toPhone,
            ExtensionFaults.@Nullable Shown fromPhone) {}

    private enum PhoneState {
        NOT_REGISTERED,
        FREE,
        TALKING,
        RINGING
    }

    private record Registration(String extension, String transport, String expires) {}

    private record Live(String since, boolean talking, List<Side> legs) {}

    private record Side(
            String extension,
            String other,
            String transport,
            boolean talks,
            String keys,
            String codec,
            boolean direct,
            long packets,
            long lost,
            double lostAtDevice,
            long jitterMillis) {}

    private record Counters(
            Map<String, Long> requests,
            Map<Integer, Long> refusals,
            long failedLogins,
            long connectedCalls,
            long packetsIn,
            long packetsOut,
            long packetsRefused) {}

    private record Mailbox(String extension, int unheard, int stored) {}

    private record Room(String number, List<Member> members) {}

    private record Member(String extension, String name, String status, boolean talking, boolean muted) {}

    /**
     * Returns the present state in one line. One at a time, so that an older one never replaces a
     * newer one.
     */
    synchronized String json() {
        PbxState state = pbx.state();
        List<LiveCall> calls = pbx.liveCalls();
        return gson.toJson(new All(
                pbx.domain(),
                phones(state, calls),
                state.registrations().stream()
                        .map(device -> new Registration(
                                device.extension(),
                                device.transport().name(),
                                device.expires().toString()))
                        .sorted(Comparator.comparing(Registration::extension).thenComparing(Registration::transport))
                        .toList(),
                calls.stream().map(ConsoleView::live).toList(),
                new Counters(
                        new TreeMap<>(state.requests()),
                        new TreeMap<>(state.refusals()),
                        state.failedLogins(),
                        state.connectedCalls(),
                        state.packetsIn(),
                        state.packetsOut(),
                        state.packetsRefused()),
                mailboxes(),
                pbx.rooms().stream()
                        .sorted(Comparator.comparing(PbxRoom::number))
                        .map(ConsoleView::room)
                        .toList(),
                faults.all(),
                rung.all(),
                recent.update(calls)));
    }

    private List<Phone> phones(PbxState state, List<LiveCall> calls) {
        Map<String, PhoneState> states = new HashMap<>();
        state.registrations().forEach(device -> states.put(device.extension(), PhoneState.FREE));
        for (LiveCall call : calls) {
            PhoneState of = call.talking() ? PhoneState.TALKING : PhoneState.RINGING;
            // An extension that is called while it talks counts as ringing.
            call.legs()
                    .forEach(leg ->
                            states.merge(leg.extension(), of, (one, other) -> one.compareTo(other) > 0 ? one : other));
        }
        return pbx.extensions().stream()
                .map(number -> new Phone(
                        number,
                        states.getOrDefault(number, PhoneState.NOT_REGISTERED),
                        ExtensionFaults.shown(pbx.faults().media(number).toPhone()),
                        ExtensionFaults.shown(pbx.faults().media(number).fromPhone())))
                .toList();
    }

    private static Live live(LiveCall call) {
        return new Live(
                call.since().toString(),
                call.talking(),
                call.legs().stream()
                        .map(leg -> new Side(
                                leg.extension(),
                                leg.other(),
                                leg.transport().name(),
                                leg.talks(),
                                leg.keys().name(),
                                leg.codec(),
                                leg.direct(),
                                leg.packets(),
                                leg.lost(),
                                leg.lostAtDevice(),
                                Math.round(leg.jitterMillis())))
                        .toList());
    }

    private @Nullable List<Mailbox> mailboxes() {
        PbxVoicemail boxes = voicemail;
        return boxes == null
                ? null
                : pbx.extensions().stream()
                        .map(extension -> new Mailbox(extension, boxes.unheard(extension), boxes.stored(extension)))
                        .toList();
    }

    private static Room room(PbxRoom room) {
        return new Room(
                room.number(),
                room.participants().stream()
                        .map(one -> new Member(
                                one.extension(), one.displayName(), one.status(), one.talking(), one.muted()))
                        .toList());
    }
}
