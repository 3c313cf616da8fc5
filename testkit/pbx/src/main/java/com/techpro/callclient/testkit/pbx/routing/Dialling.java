// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.routing;

import com.techpro.callclient.stack.net.NumericHost;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.testkit.pbx.call.ActiveCalls;
import com.techpro.callclient.testkit.pbx.call.BridgedCall;
import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.call.LegFactory;
import com.techpro.callclient.testkit.pbx.call.LegSessionTimer;
import com.techpro.callclient.testkit.pbx.call.RingingCall;
import com.techpro.callclient.testkit.pbx.call.ServiceCall;
import com.techpro.callclient.testkit.pbx.conference.ConferenceRoom;
import com.techpro.callclient.testkit.pbx.conference.Rooms;
import com.techpro.callclient.testkit.pbx.media.EchoSource;
import com.techpro.callclient.testkit.pbx.media.MediaPlane;
import com.techpro.callclient.testkit.pbx.media.MediaSource;
import com.techpro.callclient.testkit.pbx.media.SilentSource;
import com.techpro.callclient.testkit.pbx.media.ToneSource;
import com.techpro.callclient.testkit.pbx.registrar.Binding;
import com.techpro.callclient.testkit.pbx.registrar.PushGateway;
import com.techpro.callclient.testkit.pbx.settings.DialPlan;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import com.techpro.callclient.testkit.pbx.signalling.Statistics;
import com.techpro.callclient.testkit.pbx.voicemail.VoicemailServer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Routes a dialled number to its present destination, and diverts calls that nobody takes. On the
 * signalling loop.
 */
public final class Dialling {
    private static final Duration EARLY_MEDIA = Duration.ofSeconds(2);
    private static final int MOST_HOPS = 5;
    private static final int MOST_CALLS = 10_000;

    /** RFC 3323 §4.1.1.3. */
    private static final NameAddr ANONYMOUS =
            NameAddr.of("Anonymous", SipUri.of("sip", "anonymous", "anonymous.invalid", 0));

    private final PbxSettings settings;
    private final ActiveCalls calls;
    private final LegFactory lines;
    private final @Nullable PushGateway push;
    private final MediaPlane plane;
    private final Random random;
    private final Statistics statistics;
    private final Rooms rooms;
    private final @Nullable VoicemailServer voicemail;
    private final DialPlan dialPlan;
    private final Transfers transfers;
    private final UserFeatures users = new UserFeatures();
    private final FeatureNumbers features;

    Dialling(
            PbxSettings settings,
            ActiveCalls calls,
            LegFactory lines,
            @Nullable PushGateway push,
            MediaPlane plane,
            Random random,
            Statistics statistics,
            Rooms rooms,
            @Nullable VoicemailServer voicemail) {
        this.settings = settings;
        this.calls = calls;
        this.lines = lines;
        this.push = push;
        this.plane = plane;
        this.random = random;
        this.statistics = statistics;
        this.rooms = rooms;
        this.voicemail = voicemail;
        this.dialPlan = new DialPlan(
                settings.extensions().keySet(),
                settings.ringGroups(),
                voicemail != null,
                settings.does(FieldBehaviour.UNKNOWN_QUEUE_503));
        this.transfers = new Transfers(
                calls,
                lines,
                new Placements(calls, lines, settings, this::destination, this::voiceTo),
                uri -> uri.host().equalsIgnoreCase(settings.domain())
                        || settings.address().equals(NumericHost.parse(uri.host())));
        calls.referring(transfers);
        this.features = new FeatureNumbers(calls, lines, settings.featureCodes(), transfers, users);
    }

    void dial(ServerTransactionHandle transaction, String caller) {
        if (push == null) {
            dialAwake(transaction, caller);
            return;
        }
        push.whenAwake(lines.devicesOf(called(transaction.request())), () -> {
            if (!transaction.isAnswered()) {
                dialAwake(transaction, caller);
            }
        });
    }

    private List<String> called(SipRequest invite) {
        return dialPlan.destination(number(invite)) instanceof DialPlan.Destination.Ring ring
                ? ring.extensions()
                : List.of();
    }

    /** Returns the dialled number; for a GRUU its extension. */
    private String number(SipRequest invite) {
        SipUri uri = invite.requestUri();
        Binding device = lines.device(uri);
        String user = device == null ? uri.user() : device.extension();
        return user == null ? "" : user;
    }

    private void dialAwake(ServerTransactionHandle transaction, String caller) {
        SipRequest invite = transaction.request();
        if (calls.count() >= MOST_CALLS) {
            transaction.respond(503);
            return;
        }
        if (invite.number("Max-Forwards") == 0) {
            transaction.respond(483);
            return;
        }
        if (settings.does(FieldBehaviour.SHORT_SESSION_TIMERS, caller)
                && LegSessionTimer.refusesTooShort(transaction)) {
            return;
        }
        if (invite.hasHeader("Replaces")) {
            replace(transaction);
            return;
        }
        String number = number(invite);
        try {
            if (dialPlan.destination(number) instanceof DialPlan.Destination.Refusal
                    && features.dialled(transaction, caller, number)) {
                return;
            }
            boolean undisturbed = users.isUndisturbed(number);
            String always = users.always(number);
            String next = always == null && undisturbed ? users.after(486, number) : always;
            if (next != null) {
                Leg.Maker callerLeg = lines.toCaller(transaction);
                forward(
                        transaction,
                        caller,
                        callerLeg,
                        new Forwarded(number, "", 0).to(next, always == null ? 486 : 302));
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
        VoicemailServer.Caller from = new VoicemailServer.Caller(caller, name == null ? "" : name);
        if (voicemail != null && destination instanceof DialPlan.Destination.LeaveMessage message) {
            voicemail.record(transaction, message.extension(), from);
            return;
        }
        if (voicemail != null && destination instanceof DialPlan.Destination.HearMessages) {
            voicemail.listen(transaction, caller);
            return;
        }
        Leg.Maker callerLeg = lines.toCaller(transaction);
        connect(transaction, caller, destination, callerLeg, new Forwarded(number, "", 0));
    }

    private void connect(
            ServerTransactionHandle transaction,
            String caller,
            DialPlan.Destination destination,
            Leg.Maker callerLeg,
            Forwarded way) {
        String name = transaction.request().from().displayName();
        VoicemailServer.Caller from = new VoicemailServer.Caller(caller, name == null ? "" : name);
        if (destination instanceof DialPlan.Destination.Ring ring) {
            BridgedCall call = new BridgedCall(calls, callerLeg, diversion(way, from));
            calls.began(call);
            SipUri address = SipUri.of("sip", caller, settings.domain(), 0);
            boolean withheld = settings.withheld().contains(caller);
            NameAddr shown = withheld ? ANONYMOUS : NameAddr.of(name, address);
            Map<String, String> headers = new LinkedHashMap<>(
                    way.headers(settings.domain(), settings.does(FieldBehaviour.DIVERSION_BY_DIALPLAN, way.number())));
            if (withheld) {
                headers.put("Privacy", "id");
                headers.put("P-Asserted-Identity", "<" + address.encode() + ">");
            }
            call.start(
                    transaction,
                    devices(transaction.request().requestUri(), ring.extensions(), shown),
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

    /** Returns legs to the devices of the extensions; for a GRUU, to its device only. */
    private List<Leg.Maker> devices(SipUri dialled, List<String> extensions, NameAddr shown) {
        Binding device = lines.device(dialled);
        return device != null && extensions.contains(device.extension())
                ? lines.toDevices(List.of(device), shown, lines::contactOn)
                : lines.toDevices(extensions, shown, lines::contactOn);
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

    /** Returns the media source of a destination; null if it has none, or not for this caller. */
    private @Nullable MediaSource voiceTo(DialPlan.Destination destination) {
        boolean speaks = destination instanceof DialPlan.Destination.Tone
                || destination instanceof DialPlan.Destination.Echo
                || destination instanceof DialPlan.Destination.Silence;
        return speaks ? voiceOf(destination, "") : null;
    }

    /**
     * Returns the present destination of a number. An extension with do-not-disturb is busy or
     * diverts to voicemail.
     */
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

    /** Forwards a caller whose call failed to another number. */
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

    /**
     * Returns where failed calls are diverted: to the user's forwarding target, else for an
     * extension to voicemail, else nowhere for a ring group.
     */
    private BridgedCall.Diversion diversion(Forwarded way, VoicemailServer.Caller from) {
        String number = way.number();
        return new BridgedCall.Diversion() {
            @Override
            public boolean take(int status, Leg leg, ServerTransactionHandle invite) {
                String next = users.after(status, number);
                if (next != null) {
                    send(leg, invite, way.to(next, status == 486 ? 486 : 408));
                    return true;
                }
                if (voicemail != null && settings.extensions().containsKey(number) && VoicemailServer.takes(status)) {
                    voicemail.record(leg, invite, number, from);
                    return true;
                }
                return false;
            }

            @Override
            public boolean redirect(SipResponse moved, Leg leg, ServerTransactionHandle invite) {
                String next = Forwarded.targetOf(moved, settings.domain());
                // A phone's redirection counts for its own user, not for a group.
                if (next == null || !settings.extensions().containsKey(number)) {
                    return false;
                }
                send(leg, invite, way.to(next, Forwarded.causeOf(moved)));
                return true;
            }

            private void send(Leg leg, ServerTransactionHandle invite, Forwarded further) {
                Leg.Maker same = call -> {
                    leg.handOver(call);
                    return leg;
                };
                forward(invite, from.number(), same, further);
            }
        };
    }

    /** Clears all feature-code settings. */
    public void forgetFeatures() {
        users.forget();
    }

    /** Returns the parked extensions by number. From any thread. */
    public Map<String, String> parked() {
        return features.parked();
    }

    /**
     * Calls a leg's device with Replaces for that leg (RFC 3891). The destination of the number
     * then sends the audio.
     */
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
}
