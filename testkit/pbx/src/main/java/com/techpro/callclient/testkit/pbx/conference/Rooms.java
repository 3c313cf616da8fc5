// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.testkit.pbx.call.ActiveCalls;
import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.call.LegFactory;
import com.techpro.callclient.testkit.pbx.call.ServiceCall;
import com.techpro.callclient.testkit.pbx.fault.ConferenceFaults;
import com.techpro.callclient.testkit.pbx.fault.ConferenceFaults.Mistake;
import com.techpro.callclient.testkit.pbx.media.MediaPlane;
import com.techpro.callclient.testkit.pbx.media.ProgrammeSource;
import com.techpro.callclient.testkit.pbx.settings.DialPlan;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import com.techpro.callclient.testkit.pbx.subscription.MwiNotifier;
import com.techpro.callclient.testkit.pbx.subscription.Notifier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All conference rooms: joins callers, calls participants, and notifies subscribers. On the
 * signalling loop.
 */
public final class Rooms {
    public static final String EVENT = "conference";
    private static final int MOST_PARTICIPANTS = 100;
    private static final Duration RINGS = Duration.ofSeconds(30);

    private final ActiveCalls calls;
    private final PbxSettings settings;
    private final LegFactory lines;
    private final MediaPlane plane;
    private final ConferenceFaults faults;
    private final Notifier notifier;

    /** Readable from any thread. */
    private final Map<String, ConferenceRoom> rooms = new ConcurrentHashMap<>();

    public Rooms(ActiveCalls calls, PbxSettings settings, LegFactory lines, MediaPlane plane, ConferenceFaults faults) {
        this.calls = calls;
        this.settings = settings;
        this.lines = lines;
        this.plane = plane;
        this.faults = faults;
        this.notifier = new Notifier(calls.loop(), calls::transactions, EVENT, this::everything);
        open(DialPlan.ROOM, "Room 8000", new RoomKind(true, null, null));
        open(DialPlan.PIN_ROOM, "Room 8001", new RoomKind(true, settings.roomPin(), null));
        open(DialPlan.PLAIN_ROOM, "Room 8002", new RoomKind(false, null, null));
    }

    /** From any thread. */
    @Nullable
    public ConferenceRoom room(@Nullable String number) {
        return number == null ? null : rooms.get(number);
    }

    /** In no particular order; from any thread. */
    public List<ConferenceRoom> all() {
        return List.copyOf(rooms.values());
    }

    /** Creates a room for a caller of the factory (RFC 4579 §5.4) and joins the caller. */
    public void found(ServerTransactionHandle invite, String owner) throws IOException {
        ConferenceRoom room = open("room-" + lines.newTag(), "Room of " + owner, new RoomKind(true, null, owner));
        try {
            enter(invite, owner, room);
        } catch (IOException e) {
            rooms.remove(room.number());
            throw e;
        }
    }

    /** Joins a caller, or first asks for the PIN. */
    public void enter(ServerTransactionHandle invite, String extension, ConferenceRoom room) throws IOException {
        if (room.participants().size() >= MOST_PARTICIPANTS) {
            invite.respond(486);
            return;
        }
        String name = invite.request().from().displayName();
        RoomParticipant participant =
                RoomParticipant.dialledIn(extension, name == null || name.isEmpty() ? extension : name);
        Leg.Maker leg = lines.toCaller(invite, contactOf(room, invite.flow()));
        ProgrammeSource station = lines.newStation();
        RoomMix.Seat seat = room.seatFor(participant, station);
        ServiceCall call = new ServiceCall(calls, station, new InRoom(room, participant, status -> {}));
        String pin = room.kind().pin();
        station.with(
                pin == null ? seat : new PinPrompt(pin, seat, () -> calls.loop().execute(call::hangUp)));
        participant.over(call, seat);
        calls.began(call);
        call.start(leg.make(call), invite);
        calls.connected(call);
    }

    /**
     * Calls an extension into a room.
     *
     * @param progress receives 180 and then a final status
     */
    public void bring(ConferenceRoom room, String extension, String by, IntConsumer progress) {
        if (room.has(extension)) {
            progress.accept(200);
            return;
        }
        NameAddr from = NameAddr.of(room.title(), SipUri.of("sip", room.number(), settings.domain(), 0));
        List<Leg.Maker> devices = room.participants().size() >= MOST_PARTICIPANTS
                ? List.of()
                : lines.toDevices(List.of(extension), from, flow -> contactOf(room, flow));
        if (devices.isEmpty()) {
            progress.accept(settings.extensions().containsKey(extension) ? 480 : 404);
            return;
        }
        RoomParticipant participant = RoomParticipant.dialledOut(extension, extension, by);
        ProgrammeSource station = lines.newStation();
        RoomMix.Seat seat = room.seatFor(participant, station);
        ServiceCall call = new ServiceCall(calls, station.with(seat), new InRoom(room, participant, progress));
        participant.over(call, seat);
        calls.began(call);
        room.expects(participant);
        call.dial(devices, RINGS);
    }

    /**
     * Removes an extension from a room.
     *
     * @return whether it was in the room
     */
    public boolean remove(ConferenceRoom room, String extension) {
        List<RoomParticipant> devices = room.user(extension).endpoints();
        devices.forEach(RoomParticipant::hangUp);
        return !devices.isEmpty();
    }

    /** Handles a SUBSCRIBE outside dialogs, whose authenticated sender is that extension. */
    public void subscribe(ServerTransactionHandle transaction, String extension) {
        ConferenceRoom room = room(transaction.request().requestUri().user());
        if (room == null) {
            transaction.respond(404);
        } else if (!room.kind().focus()) {
            transaction.respond(transaction
                    .response(489)
                    .set("Allow-Events", MwiNotifier.EVENT)
                    .build());
        } else {
            notifier.subscribe(transaction, room.number(), extension, contactOf(room, transaction.flow()));
        }
    }

    /**
     * Handles a SUBSCRIBE within a dialog.
     *
     * @return false if the dialog is none of the rooms'
     */
    public boolean refresh(ServerTransactionHandle transaction) {
        return notifier.refresh(transaction);
    }

    public void flowClosed(Flow flow) {
        notifier.flowClosed(flow);
    }

    /** Forgets all state, as a restart does; permanent rooms remain. */
    public void forget() {
        notifier.forget();
        rooms.values().removeIf(room -> room.kind().owner() != null);
    }

    /** Returns a room's contact, with {@code isfocus} (RFC 4579) if it is a focus. */
    NameAddr contactOf(ConferenceRoom room, Flow flow) {
        NameAddr contact = lines.contactOn(flow, room.number());
        return room.kind().focus() ? contact.withParam("isfocus", "") : contact;
    }

    private ConferenceRoom open(String number, String title, RoomKind kind) {
        ConferenceRoom room = new ConferenceRoom(calls.loop(), number, title, kind, plane, this::publish);
        rooms.put(number, room);
        return room;
    }

    private void closeIfForsaken(ConferenceRoom room) {
        if (room.kind().owner() != null && room.participants().isEmpty() && rooms.remove(room.number(), room)) {
            notifier.end(room.number(), "noresource");
        }
    }

    // ---- Documents ----

    private void publish(ConferenceRoom room, String extension) {
        for (Notifier.Subscriber subscriber : notifier.about(room.number())) {
            if (!mayKnow(room, subscriber)) {
                continue;
            }
            notifier.tell(
                    subscriber,
                    subscriber.version() == 0
                            ? document(room, subscriber, ConferenceInfoWriter.State.FULL, room.users())
                            : document(
                                    room,
                                    subscriber,
                                    ConferenceInfoWriter.State.PARTIAL,
                                    List.of(room.user(extension))));
        }
    }

    private Notifier.@Nullable Document everything(Notifier.Subscriber subscriber) {
        ConferenceRoom room = room(subscriber.resource());
        return room == null || !mayKnow(room, subscriber)
                ? null
                : document(room, subscriber, ConferenceInfoWriter.State.FULL, room.users());
    }

    /** A subscription stays pending until the subscriber has entered the PIN (RFC 6665 §4.2.2). */
    private static boolean mayKnow(ConferenceRoom room, Notifier.Subscriber subscriber) {
        return room.kind().pin() == null || subscriber.version() > 0 || room.has(subscriber.extension());
    }

    private Notifier.Document document(
            ConferenceRoom room,
            Notifier.Subscriber subscriber,
            ConferenceInfoWriter.State state,
            List<ConferenceInfoWriter.User> users) {
        Mistake mistake = faults.next(room.number(), subscriber.extension());
        int version = subscriber.version();
        if (mistake instanceof Mistake.SkippedVersion) {
            version++;
        } else if (mistake instanceof Mistake.OldVersion && version > 0) {
            version--;
        }
        subscriber.nextVersion(version + 1);
        String text = ConferenceInfoWriter.document(
                settings.domain(),
                room,
                mistake instanceof Mistake.Partial ? ConferenceInfoWriter.State.PARTIAL : state,
                version,
                users,
                mistake instanceof Mistake.Oversized oversized ? oversized.characters() : 0);
        Notifier.Document document = new Notifier.Document(
                ConferenceInfoWriter.TYPE,
                mistake instanceof Mistake.Truncated ? text.substring(0, text.length() / 2) : text);
        if (mistake instanceof Mistake.Repeated) {
            calls.loop().execute(() -> notifier.tell(subscriber, document));
        }
        return document;
    }

    /** Handles the events of one participant's call. */
    private final class InRoom implements ServiceCall.Listener {
        private final ConferenceRoom room;
        private final RoomParticipant participant;
        private final IntConsumer progress;
        private boolean answered;

        private InRoom(ConferenceRoom room, RoomParticipant participant, IntConsumer progress) {
            this.room = room;
            this.participant = participant;
            this.progress = progress;
        }

        @Override
        public void talks(Leg leg, String direction) {
            if (!answered) {
                answered = true;
                progress.accept(200);
            }
            if (!direction.equals(participant.direction())) {
                participant.direction(direction);
                room.changed(participant);
            }
        }

        @Override
        public void rings() {
            participant.rings();
            room.changed(participant);
            progress.accept(180);
        }

        @Override
        public void referred(Leg leg, ServerTransactionHandle transaction) {
            RoomReferral.inDialog(calls, Rooms.this, room, participant.extension(), leg, transaction);
        }

        @Override
        public void ended(int refusal) {
            room.left(participant);
            closeIfForsaken(room);
            if (!answered) {
                progress.accept(refusal);
            }
        }
    }
}
