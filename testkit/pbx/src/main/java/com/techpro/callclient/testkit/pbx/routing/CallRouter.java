// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.routing;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.net.NumericHost;
import com.techpro.callclient.stack.sip.message.InitialRequest;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transaction.TransactionUser;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.TransportEvents.Admission;
import com.techpro.callclient.testkit.pbx.call.ActiveCalls;
import com.techpro.callclient.testkit.pbx.call.CallControl;
import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.call.LegFactory;
import com.techpro.callclient.testkit.pbx.conference.RoomReferral;
import com.techpro.callclient.testkit.pbx.conference.Rooms;
import com.techpro.callclient.testkit.pbx.fault.FaultScript;
import com.techpro.callclient.testkit.pbx.fault.Reply;
import com.techpro.callclient.testkit.pbx.media.MediaPlane;
import com.techpro.callclient.testkit.pbx.media.ToneSource;
import com.techpro.callclient.testkit.pbx.message.MessageRelay;
import com.techpro.callclient.testkit.pbx.registrar.Binding;
import com.techpro.callclient.testkit.pbx.registrar.PushGateway;
import com.techpro.callclient.testkit.pbx.registrar.Registrar;
import com.techpro.callclient.testkit.pbx.request.RequestJournal;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import com.techpro.callclient.testkit.pbx.settings.VoicemailSettings;
import com.techpro.callclient.testkit.pbx.signalling.DigestAuthentication;
import com.techpro.callclient.testkit.pbx.signalling.Statistics;
import com.techpro.callclient.testkit.pbx.subscription.DialogNotifier;
import com.techpro.callclient.testkit.pbx.subscription.MwiNotifier;
import com.techpro.callclient.testkit.pbx.subscription.PresenceServer;
import com.techpro.callclient.testkit.pbx.voicemail.Mailboxes;
import com.techpro.callclient.testkit.pbx.voicemail.VoicemailServer;
import java.net.InetAddress;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Receives requests, authenticates their senders, and routes them to the registrar, a call, or the
 * dial plan.
 */
public final class CallRouter implements TransactionUser {
    private static final int HOLD_MUSIC_HERTZ = 660;
    private static final String ALLOW = CallControl.ALLOW + ", MESSAGE, PUBLISH";

    private final PbxSettings settings;
    private final FaultScript faults;
    private final Registrar registrar;
    private final DigestAuthentication authentication;
    private final Statistics statistics;
    private final ActiveCalls calls;
    private final LegFactory lines;
    private final MwiNotifier lamp;
    private final DialogNotifier dialogs;
    private final PresenceServer presence;
    private final Rooms rooms;
    private final Dialling dialling;
    private final OutboundCalls outbound;
    private final MessageRelay messages;
    private final @Nullable VoicemailServer voicemail;

    public CallRouter(
            EngineLoop loop,
            PbxSettings settings,
            Function<SipTransport, @Nullable Integer> ports,
            Registrar registrar,
            @Nullable PushGateway push,
            DigestAuthentication authentication,
            MediaPlane plane,
            Random random,
            Statistics statistics,
            FaultScript faults,
            @Nullable Mailboxes mailboxes,
            Executor workers) {
        this.settings = settings;
        this.faults = faults;
        this.registrar = registrar;
        this.authentication = authentication;
        this.statistics = statistics;
        this.calls = new ActiveCalls(loop, settings, statistics);
        this.lines = new LegFactory(calls, settings, ports, registrar, plane, random);
        this.lamp = new MwiNotifier(
                loop, settings.domain(), registrar, calls::transactions, lines::contactOn, lines::newTag);
        this.dialogs = new DialogNotifier(
                loop, settings.domain(), calls, settings.extensions().keySet(), lines::contactOn);
        this.presence = new PresenceServer(
                loop, settings.domain(), calls, settings.extensions().keySet(), lines::contactOn);
        calls.playing(() -> new ToneSource(plane, random, HOLD_MUSIC_HERTZ, false));
        this.rooms = new Rooms(calls, settings, lines, plane, faults.conference());
        this.messages = new MessageRelay(
                loop,
                settings.domain(),
                settings.extensions()::containsKey,
                registrar,
                calls::transactions,
                lines::newTag);
        VoicemailSettings voicemail = settings.voicemail();
        this.voicemail = voicemail == null || mailboxes == null
                ? null
                : new VoicemailServer(
                        calls,
                        lines,
                        lamp,
                        voicemail,
                        mailboxes,
                        settings.extensions().keySet(),
                        plane.loop(),
                        workers);
        this.outbound = new OutboundCalls(calls, lines, push, settings);
        this.dialling = new Dialling(settings, calls, lines, push, plane, random, statistics, rooms, this.voicemail);
    }

    @Override
    public void request(ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        statistics.received(request.method());
        if (isAnsweredByScript(transaction)) {
            return;
        }
        if (request.to().tag() != null) {
            inDialog(transaction);
            return;
        }
        if (!isServed(request.requestUri(), transaction.flow())
                || (request.isMethod("REGISTER") && !isServed(request.to().uri(), transaction.flow()))) {
            // The PBX relays to no other domain and registers nobody for one (RFC 3261 §10.3,
            // §16.5).
            statistics.refused(404);
            transaction.respond(404);
            return;
        }
        switch (request.method()) {
            case "REGISTER" -> {
                String extension =
                        authentication.admit(transaction, request.to().uri().user());
                if (extension != null) {
                    SipResponse response = registrar.register(extension, request, transaction.flow());
                    transaction.respond(authentication.withAuthenticationInfo(response).toBuilder()
                            .toTag(transaction.localTag())
                            .build());
                    if (settings.does(FieldBehaviour.UNSOLICITED_MWI, extension) && response.isSuccess()) {
                        lamp.tellUnasked(extension, transaction.flow());
                    }
                    messages.registered(extension);
                    followDevices();
                }
            }
            case "INVITE" -> {
                String extension =
                        authentication.admit(transaction, request.from().uri().user());
                if (extension != null) {
                    dialling.dial(transaction, extension);
                }
            }
            case "SUBSCRIBE" -> {
                String extension =
                        authentication.admit(transaction, request.from().uri().user());
                if (extension != null) {
                    subscribe(transaction, extension);
                }
            }
            case "REFER" -> {
                String extension =
                        authentication.admit(transaction, request.from().uri().user());
                if (extension != null) {
                    RoomReferral.outsideDialogs(calls, rooms, extension, transaction);
                }
            }
            case "MESSAGE" -> {
                String extension =
                        authentication.admit(transaction, request.from().uri().user());
                if (extension != null) {
                    messages.request(transaction, extension);
                }
            }
            case "PUBLISH" -> {
                String extension =
                        authentication.admit(transaction, request.from().uri().user());
                if (extension != null) {
                    presence.publish(transaction, extension);
                }
            }
            case "OPTIONS" ->
                transaction.respond(transaction
                        .response(200)
                        .set("Allow", ALLOW)
                        .set("Accept", "application/sdp")
                        .build());
            default ->
                transaction.respond(
                        transaction.response(405).set("Allow", ALLOW).build());
        }
    }

    /** Whether a stub answers the request; if so, sends its reply. */
    private boolean isAnsweredByScript(ServerTransactionHandle transaction) {
        Flow flow = transaction.flow();
        Reply reply = faults.replyTo(
                RequestJournal.view(transaction.request(), calls.loop().now(), flow.transport(), flow.remote()));
        if (reply == null) {
            return false;
        }
        SipResponse.Builder response = transaction.response(reply.status());
        if (!reply.reason().isEmpty()) {
            response.reason(reply.reason());
        }
        reply.headers().forEach(response::set);
        transaction.respond(response.build());
        return true;
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
        } else if (DialogNotifier.EVENT.equals(event)) {
            dialogs.subscribe(transaction, extension);
        } else if (PresenceServer.EVENT.equals(event)) {
            presence.subscribe(transaction, extension);
        } else if (Rooms.EVENT.equals(event)) {
            rooms.subscribe(transaction, extension);
        } else {
            transaction.respond(transaction
                    .response(489)
                    .set(
                            "Allow-Events",
                            String.join(
                                    ", ", MwiNotifier.EVENT, DialogNotifier.EVENT, PresenceServer.EVENT, Rooms.EVENT))
                    .build());
        }
    }

    private void inDialog(ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        Leg leg = calls.leg(request.callId(), request.to().tag());
        if (leg != null) {
            leg.moveTo(transaction.flow());
        }
        if (leg == null) {
            if (!lamp.refresh(transaction)
                    && !dialogs.refresh(transaction)
                    && !presence.refresh(transaction)
                    && !rooms.refresh(transaction)) {
                transaction.respond(481);
            }
        } else if (!leg.dialog().accepts(request)) {
            transaction.respond(500);
        } else if (!leg.refresh(transaction) && !leg.referral().notified(transaction)) {
            leg.call().requested(leg, transaction);
        }
    }

    @Override
    public void ack(SipRequest ack) {
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

    /** A connection closed: removes its bindings. Calls stay, because the device may come back. */
    @Override
    public void flowClosed(Flow flow, @Nullable Failure why) {
        registrar.flowClosed(flow);
        followDevices();
        lamp.flowClosed(flow);
        dialogs.flowClosed(flow);
        presence.flowClosed(flow);
        rooms.flowClosed(flow);
    }

    /** Moves a device's legs to its current flow, if it has a GRUU (RFC 5627 §5.1). */
    private void followDevices() {
        for (Leg leg : calls.legs()) {
            Binding device =
                    leg.isReachable() ? null : registrar.device(leg.dialog().remoteTarget());
            if (device != null && device.flow().isOpen()) {
                leg.moveTo(device.flow());
            }
        }
    }

    /** Returns the service for calls of the PBX's own. */
    public OutboundCalls outbound() {
        return outbound;
    }

    /** Returns the service that routes dialled numbers. */
    public Dialling dialling() {
        return dialling;
    }

    /** Returns the leg of a phone in an established call. */
    public Leg talking(String extension) {
        return calls.legs().stream()
                .filter(leg -> extension.equals(leg.extension()) && leg.talks())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(extension + " is in no call"));
    }

    public ActiveCalls calls() {
        return calls;
    }

    public MessageRelay messages() {
        return messages;
    }

    public MwiNotifier lamp() {
        return lamp;
    }

    public Rooms rooms() {
        return rooms;
    }

    /** Null if this PBX has none. */
    @Nullable
    public VoicemailServer voicemail() {
        return voicemail;
    }

    /** Drops every call and subscription without a message, as a crash does. */
    public void dropAll() {
        calls.dropAll();
        lamp.forgetSubscribers();
        dialogs.forget();
        presence.forget();
        rooms.forget();
        messages.forgetDeliveries();
    }
}
