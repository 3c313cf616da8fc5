// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.routing;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.net.NumericHost;
import com.techpro.callclient.engine.internal.sip.message.InitialRequest;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.engine.internal.sip.transaction.TransactionUser;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.TransportEvents.Admission;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.call.ActiveCalls;
import com.techpro.callclient.testkit.pbx.call.BridgedCall;
import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.call.LegFactory;
import com.techpro.callclient.testkit.pbx.call.RingingCall;
import com.techpro.callclient.testkit.pbx.call.ServiceCall;
import com.techpro.callclient.testkit.pbx.call.SessionTimer;
import com.techpro.callclient.testkit.pbx.conference.ConferenceRoom;
import com.techpro.callclient.testkit.pbx.conference.Referral;
import com.techpro.callclient.testkit.pbx.conference.Rooms;
import com.techpro.callclient.testkit.pbx.fault.ConferenceFaults;
import com.techpro.callclient.testkit.pbx.media.EchoSource;
import com.techpro.callclient.testkit.pbx.media.MediaPlane;
import com.techpro.callclient.testkit.pbx.media.MediaSource;
import com.techpro.callclient.testkit.pbx.media.SilentSource;
import com.techpro.callclient.testkit.pbx.media.ToneSource;
import com.techpro.callclient.testkit.pbx.registrar.Registrar;
import com.techpro.callclient.testkit.pbx.settings.DialPlan;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import com.techpro.callclient.testkit.pbx.settings.VoicemailSettings;
import com.techpro.callclient.testkit.pbx.signalling.DigestAuthentication;
import com.techpro.callclient.testkit.pbx.signalling.Statistics;
import com.techpro.callclient.testkit.pbx.subscription.MwiNotifier;
import com.techpro.callclient.testkit.pbx.voicemail.Mailboxes;
import com.techpro.callclient.testkit.pbx.voicemail.Voicemail;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Connects: takes requests in, finds out who sends them, and hands them to the registrar, to a call, or to the dial plan. */
public final class CallRouter implements TransactionUser {
    private static final Duration EARLY_MEDIA = Duration.ofSeconds(2);
    private static final int HOLD_MUSIC_HERTZ = 660;
    private static final int MOST_HOPS = 5;
    private static final int MOST_CALLS = 10_000;

    /** RFC 3323 §4.1.1.3. */
    private static final NameAddr ANONYMOUS =
            NameAddr.of("Anonymous", SipUri.of("sip", "anonymous", "anonymous.invalid", 0));

    private final PbxSettings settings;
    private final Registrar registrar;
    private final DigestAuthentication doorkeeper;
    private final DialPlan dialPlan;
    private final MediaPlane plane;
    private final Random random;
    private final Statistics statistics;
    private final ActiveCalls calls;
    private final LegFactory lines;
    private final MwiNotifier lamp;
    private final Rooms rooms;
    private final Transfers transfers;
    private final UserFeatures users = new UserFeatures();
    private final FeatureNumbers features;
    private final @Nullable Voicemail voicemail;

    public CallRouter(
            EngineLoop loop,
            PbxSettings settings,
            Function<SipTransport, @Nullable Integer> ports,
            Registrar registrar,
            DigestAuthentication doorkeeper,
            MediaPlane plane,
            Random random,
            Statistics statistics,
            ConferenceFaults faults,
            @Nullable Mailboxes mailboxes,
            Executor workers) {
        this.settings = settings;
        this.registrar = registrar;
        this.doorkeeper = doorkeeper;
        this.dialPlan = new DialPlan(
                settings.extensions().keySet(),
                settings.ringGroups(),
                settings.voicemail() != null,
                settings.does(FieldBehaviour.UNKNOWN_QUEUE_503));
        this.plane = plane;
        this.random = random;
        this.statistics = statistics;
        this.calls = new ActiveCalls(loop, settings, statistics);
        this.lines = new LegFactory(calls, settings, ports, registrar, plane, random);
        this.lamp = new MwiNotifier(
                loop, settings.domain(), registrar, calls::transactions, lines::contactOn, lines::newTag);
        calls.playing(() -> new ToneSource(plane, random, HOLD_MUSIC_HERTZ, false));
        this.rooms = new Rooms(calls, settings, lines, plane, faults);
        this.transfers = new Transfers(
                calls,
                lines,
                new Placements(calls, lines, settings, this::destination, this::voiceTo),
                uri -> uri.host().equalsIgnoreCase(settings.domain())
                        || settings.address().equals(NumericHost.parse(uri.host())));
        calls.referring(transfers);
        this.features = new FeatureNumbers(calls, lines, settings.featureCodes(), transfers, users);
        VoicemailSettings voicemail = settings.voicemail();
        this.voicemail = voicemail == null || mailboxes == null
                ? null
                : new Voicemail(
                        calls,
                        lines,
                        lamp,
                        voicemail,
                        mailboxes,
                        settings.extensions().keySet(),
                        plane.loop(),
                        workers);
    }

    @Override
    public void request(ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        statistics.received(request.method());
        if (request.to().tag() != null) {
            inDialog(transaction);
            return;
        }
        if (!isServed(request.requestUri(), transaction.flow())
                || (request.isMethod("REGISTER") && !isServed(request.to().uri(), transaction.flow()))) {
            // It relays to no other domain, and registers nobody for one (RFC 3261 §10.3, §16.5).
            statistics.refused(404);
            transaction.respond(404);
            return;
        }
        switch (request.method()) {
            case "REGISTER" -> {
                String extension =
                        doorkeeper.admit(transaction, request.to().uri().user());
                if (extension != null) {
                    SipResponse response = registrar.register(extension, request, transaction.flow());
                    transaction.respond(doorkeeper.withAuthenticationInfo(response).toBuilder()
                            .toTag(transaction.localTag())
                            .build());
                    if (settings.does(FieldBehaviour.UNSOLICITED_MWI, extension) && response.isSuccess()) {
                        lamp.tellUnasked(extension, transaction.flow());
                    }
                }
            }
            case "INVITE" -> {
                String extension =
                        doorkeeper.admit(transaction, request.from().uri().user());
                if (extension != null) {
                    dial(transaction, extension);
                }
            }
            case "SUBSCRIBE" -> {
                String extension =
                        doorkeeper.admit(transaction, request.from().uri().user());
                if (extension != null) {
                    subscribe(transaction, extension);
                }
            }
            case "REFER" -> {
                String extension =
                        doorkeeper.admit(transaction, request.from().uri().user());
                if (extension != null) {
                    Referral.outsideDialogs(calls, rooms, extension, transaction);
                }
            }
            case "OPTIONS" ->
                transaction.respond(transaction
                        .response(200)
                        .set("Allow", ActiveCalls.ALLOW)
                        .set("Accept", "application/sdp")
                        .build());
            default ->
                transaction.respond(transaction
                        .response(405)
                        .set("Allow", ActiveCalls.ALLOW)
                        .build());
        }
    }

    @Override
    public Admission overloaded(InitialRequest request, Flow flow) {
        Admission admission = TransactionUser.super.overloaded(request, flow);
        if (admission == Admission.SERVICE_UNAVAILABLE) {
            statistics.refused(503);
        }
        return admission;
    }

    /** Whether the URI is of this PBX's domain, or of the address at which it was reached. */
    private boolean isServed(SipUri uri, Flow flow) {
        InetAddress literal = NumericHost.parse(uri.host());
        return uri.host().equalsIgnoreCase(settings.domain())
                || (literal != null && literal.equals(flow.local().getAddress()));
    }

    private void subscribe(ServerTransactionHandle transaction, String extension) {
        String event = transaction.request().header("Event");
        if (MwiNotifier.EVENT.equals(event)) {
            lamp.subscribe(transaction, extension);
        } else if (Rooms.EVENT.equals(event)) {
            rooms.subscribe(transaction, extension);
        } else {
            transaction.respond(transaction
                    .response(489)
                    .set("Allow-Events", MwiNotifier.EVENT + ", " + Rooms.EVENT)
                    .build());
        }
    }

    private void inDialog(ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        Leg leg = calls.leg(request.callId(), request.to().tag());
        if (leg == null) {
            if (!lamp.refresh(transaction) && !rooms.refresh(transaction)) {
                transaction.respond(481);
            }
        } else if (!leg.dialog().accepts(request)) {
            transaction.respond(500);
        } else if (!leg.refresh(transaction) && !leg.notified(transaction)) {
            leg.call().requested(leg, transaction);
        }
    }

    @Override
    public void ack(SipRequest ack, Flow flow) {
        Leg leg = calls.leg(ack.callId(), ack.to().tag());
        if (leg != null) {
            leg.acknowledged(ack);
        }
    }

    @Override
    public void cancelled(ServerTransactionHandle invite, SipRequest cancel) {
        Leg leg = legOf(invite);
        if (leg != null) {
            leg.call().cancelled(leg);
        } else {
            invite.respond(487);
        }
    }

    @Override
    public void ackTimedOut(ServerTransactionHandle invite) {
        Leg leg = legOf(invite);
        if (leg != null) {
            leg.call().lost(leg);
        }
    }

    @Override
    public void lost(ServerTransactionHandle transaction) {
        Leg leg = legOf(transaction);
        if (leg != null) {
            leg.call().lost(leg);
        }
    }

    private @Nullable Leg legOf(ServerTransactionHandle invite) {
        Leg leg = calls.leg(invite.request().callId(), invite.localTag());
        return leg != null && leg.awaits(invite) ? leg : null;
    }

    @Override
    public void strayResponse(SipResponse response, Flow flow) {
        Leg leg = calls.leg(response.callId(), response.from().tag());
        if (leg != null && response.isSuccess() && response.cseq().method().equals("INVITE")) {
            leg.repeatAck();
        }
    }

    /** A connection is gone: its bindings go; calls stay, for the device may come back. */
    @Override
    public void flowClosed(Flow flow, @Nullable Failure why) {
        registrar.flowClosed(flow);
        lamp.flowClosed(flow);
        rooms.flowClosed(flow);
    }

    private void dial(ServerTransactionHandle transaction, String caller) {
        SipRequest invite = transaction.request();
        if (calls.count() >= MOST_CALLS) {
            transaction.respond(503);
            return;
        }
        if (invite.number("Max-Forwards") == 0) {
            transaction.respond(483);
            return;
        }
        if (settings.does(FieldBehaviour.SHORT_SESSION_TIMERS, caller) && SessionTimer.refusesTooShort(transaction)) {
            return;
        }
        if (invite.hasHeader("Replaces")) {
            replace(transaction);
            return;
        }
        String user = invite.requestUri().user();
        String number = user == null ? "" : user;
        try {
            if (dialPlan.destination(number) instanceof DialPlan.Destination.Refusal
                    && features.dialled(transaction, caller, number)) {
                return;
            }
            String next = users.always(number);
            if (next != null) {
                Leg.Maker callerLeg = lines.toCaller(transaction, lines.contactOn(transaction.flow()));
                forward(transaction, caller, callerLeg, new Forwarded(number, "", 0).to(next, 302));
                return;
            }
            DialPlan.Destination destination =
                    rooms.room(number) != null ? new DialPlan.Destination.Room(number) : destination(number);
            if (destination instanceof DialPlan.Destination.Refusal refusal) {
                statistics.refused(refusal.status());
                transaction.respond(refusal.status());
                return;
            }
            connect(transaction, caller, number, destination);
        } catch (IOException e) {
            // There is no port left for its media.
            transaction.respond(503);
        }
    }

    private void replace(ServerTransactionHandle invite) {
        try {
            transfers.replace(invite);
        } catch (IOException e) {
            // There is no port left for its media.
            invite.respond(503);
        }
    }

    private void connect(
            ServerTransactionHandle transaction, String caller, String number, DialPlan.Destination destination)
            throws IOException {
        if (destination instanceof DialPlan.Destination.Room) {
            ConferenceRoom room = rooms.room(number);
            if (room != null) {
                rooms.enter(transaction, caller, room);
            } else {
                transaction.respond(404);
            }
            return;
        }
        if (destination instanceof DialPlan.Destination.NewRoom) {
            rooms.found(transaction, caller);
            return;
        }
        String name = transaction.request().from().displayName();
        Voicemail.Caller from = new Voicemail.Caller(caller, name == null ? "" : name);
        if (voicemail != null && destination instanceof DialPlan.Destination.LeaveMessage message) {
            voicemail.record(transaction, message.extension(), from);
            return;
        }
        if (voicemail != null && destination instanceof DialPlan.Destination.HearMessages) {
            voicemail.listen(transaction, caller);
            return;
        }
        Leg.Maker callerLeg = lines.toCaller(transaction, lines.contactOn(transaction.flow()));
        connect(transaction, caller, destination, callerLeg, new Forwarded(number, "", 0));
    }

    private void connect(
            ServerTransactionHandle transaction,
            String caller,
            DialPlan.Destination destination,
            Leg.Maker callerLeg,
            Forwarded way) {
        String name = transaction.request().from().displayName();
        Voicemail.Caller from = new Voicemail.Caller(caller, name == null ? "" : name);
        if (destination instanceof DialPlan.Destination.Ring ring) {
            BridgedCall call = new BridgedCall(calls, callerLeg, diversion(way, from));
            calls.began(call);
            SipUri address = SipUri.of("sip", caller, settings.domain(), 0);
            boolean withheld = settings.withheld().contains(caller);
            NameAddr shown = withheld ? ANONYMOUS : NameAddr.of(name, address);
            Map<String, String> headers = new LinkedHashMap<>(way.headers(settings.domain()));
            if (withheld) {
                headers.put("Privacy", "id");
                headers.put("P-Asserted-Identity", "<" + address.encode() + ">");
            }
            call.start(
                    transaction,
                    lines.toDevices(ring.extensions(), shown, lines::contactOn),
                    headers,
                    settings.noAnswer());
        } else if (destination instanceof DialPlan.Destination.RingsForEver) {
            RingingCall call = new RingingCall(calls);
            calls.began(call);
            call.start(callerLeg.make(call), transaction, settings.noAnswer());
        } else {
            ServiceCall call = new ServiceCall(calls, voiceOf(destination, caller));
            calls.began(call);
            if (destination instanceof DialPlan.Destination.EarlyMedia) {
                call.startEarly(callerLeg.make(call), transaction, EARLY_MEDIA);
                return;
            }
            call.start(callerLeg.make(call), transaction);
            calls.connected(call);
            if (destination instanceof DialPlan.Destination.HangsUp) {
                call.hangUp();
            }
        }
    }

    private MediaSource voiceOf(DialPlan.Destination destination, String caller) {
        if (destination instanceof DialPlan.Destination.Tone tone) {
            return new ToneSource(plane, random, tone.hertz(), settings.does(FieldBehaviour.RESTAMPS_KEYS, caller));
        }
        if (destination instanceof DialPlan.Destination.EarlyMedia early) {
            return new ToneSource(plane, random, early.hertz(), false);
        }
        return destination instanceof DialPlan.Destination.Echo
                ? new EchoSource(plane, random)
                : new SilentSource(plane, random);
    }

    /** What speaks to somebody who is led there; null where nobody speaks, or not to him. */
    private @Nullable MediaSource voiceTo(DialPlan.Destination destination) {
        boolean speaks = destination instanceof DialPlan.Destination.Tone
                || destination instanceof DialPlan.Destination.Echo
                || destination instanceof DialPlan.Destination.Silence;
        return speaks ? voiceOf(destination, "") : null;
    }

    /** Where a number leads now: somebody who does not want to be disturbed is busy, or has voicemail. */
    private DialPlan.Destination destination(String number) {
        String next = users.always(number);
        DialPlan.Destination destination = dialPlan.destination(next == null ? number : next);
        if (!(destination instanceof DialPlan.Destination.Ring ring)) {
            return destination;
        }
        List<String> willing = ring.extensions().stream()
                .filter(extension -> !users.isUndisturbed(extension))
                .toList();
        return willing.isEmpty() && voicemail == null
                ? new DialPlan.Destination.Refusal(486)
                : new DialPlan.Destination.Ring(willing);
    }

    /** Leads a caller whose call came to nothing to another number. */
    private void forward(ServerTransactionHandle invite, String caller, Leg.Maker callerLeg, Forwarded way) {
        DialPlan.Destination destination = destination(way.number());
        boolean ended = way.hops() > MOST_HOPS
                || destination instanceof DialPlan.Destination.Refusal
                || !(destination instanceof DialPlan.Destination.Ring
                        || destination instanceof DialPlan.Destination.RingsForEver
                        || voiceTo(destination) != null);
        if (ended) {
            RingingCall call = new RingingCall(calls);
            calls.began(call);
            int status = destination instanceof DialPlan.Destination.Refusal refusal ? refusal.status() : 480;
            call.refuse(callerLeg.make(call), invite, way.hops() > MOST_HOPS ? 482 : status);
        } else {
            connect(invite, caller, destination, callerLeg, way);
        }
    }

    /** Calls that come to nothing go where their user wants it, those to an extension to its box, those to a ring group nowhere. */
    private BridgedCall.Diversion diversion(Forwarded way, Voicemail.Caller from) {
        String number = way.number();
        return (status, leg, invite) -> {
            String next = users.after(status, number);
            if (next != null) {
                Leg.Maker same = call -> {
                    leg.handOver(call);
                    return leg;
                };
                forward(invite, from.number(), same, way.to(next, status == 486 ? 486 : 408));
                return true;
            }
            if (voicemail != null && settings.extensions().containsKey(number) && Voicemail.takes(status)) {
                voicemail.record(leg, invite, number, from);
                return true;
            }
            return false;
        };
    }

    /** Who is parked, by number. From any thread. */
    public Map<String, String> parked() {
        return features.parked();
    }

    /** The leg of a phone that talks. */
    public Leg talking(String extension) {
        return calls.legs().stream()
                .filter(leg -> extension.equals(leg.extension()) && leg.talks())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(extension + " is in no call"));
    }

    /** Calls the device of a leg in the leg's own place (RFC 3891); what is dialled at that number speaks to it then. */
    public void replace(Leg leg, String number, String parameters) {
        MediaSource voice = voiceTo(dialPlan.destination(number));
        String extension = leg.extension();
        if (voice == null || extension == null) {
            throw new IllegalArgumentException("nobody speaks at " + number);
        }
        String tag = leg.dialog().remote().tag();
        String replaces = leg.dialog().callId() + ";to-tag=" + tag + ";from-tag="
                + leg.dialog().localTag() + parameters;
        ServiceCall call = new ServiceCall(calls, voice);
        calls.began(call);
        NameAddr from = NameAddr.of(SipUri.of("sip", number, settings.domain(), 0));
        call.dial(
                lines.toDevices(List.of(extension), from, lines::contactOn),
                Map.of("Replaces", replaces, "Require", "replaces"),
                settings.noAnswer());
    }

    public ActiveCalls calls() {
        return calls;
    }

    public MwiNotifier lamp() {
        return lamp;
    }

    public Rooms rooms() {
        return rooms;
    }

    /** Null if this PBX has none. */
    @Nullable
    public Voicemail voicemail() {
        return voicemail;
    }

    /** Drops every call and every subscription without a word, as a crash would. */
    public void dropAll() {
        calls.dropAll();
        lamp.forgetSubscribers();
        rooms.forget();
    }
}
