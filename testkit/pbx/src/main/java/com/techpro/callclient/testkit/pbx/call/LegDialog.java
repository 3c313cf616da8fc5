// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The dialog of one leg (RFC 3261 §12), implemented independently of the engine. */
public final class LegDialog {
    private final String callId;
    private final NameAddr local;
    private final NameAddr contact;
    private NameAddr remote;
    private SipUri remoteTarget;
    private List<NameAddr> routes;
    private long localCseq;
    private long remoteCseq;
    private boolean established;

    private LegDialog(
            String callId,
            NameAddr local,
            NameAddr remote,
            SipUri remoteTarget,
            List<NameAddr> routes,
            NameAddr contact,
            long localCseq,
            long remoteCseq) {
        this.callId = callId;
        this.local = local;
        this.remote = remote;
        this.remoteTarget = remoteTarget;
        this.routes = routes;
        this.contact = contact;
        this.localCseq = localCseq;
        this.remoteCseq = remoteCseq;
    }

    /** Creates the dialog of an INVITE from a device (§12.1.1). */
    public static LegDialog called(SipRequest invite, String localTag, NameAddr contact) {
        SipUri target = invite.contacts().isEmpty()
                ? invite.from().uri()
                : invite.contacts().get(0).uri();
        LegDialog dialog = new LegDialog(
                invite.callId(),
                invite.to().withTag(localTag),
                invite.from(),
                target,
                invite.recordRoutes(),
                contact,
                0,
                invite.cseq().number());
        dialog.established = true;
        return dialog;
    }

    /** Creates the dialog of an INVITE to a device. */
    static LegDialog calling(
            String callId, NameAddr local, NameAddr remote, SipUri target, List<NameAddr> routes, NameAddr contact) {
        return new LegDialog(callId, local, remote, target, routes, contact, 0, -1);
    }

    public String callId() {
        return callId;
    }

    public String localTag() {
        String tag = local.tag();
        return tag == null ? "" : tag;
    }

    /** Returns the PBX's identity in the dialog: the device's far end. */
    NameAddr local() {
        return local;
    }

    public NameAddr contact() {
        return contact;
    }

    /** Returns the URI of the device's far end, as the dialog names it. */
    public String localUri() {
        return local.uri().encode();
    }

    /** Returns the device's identity, as the dialog names it. */
    public NameAddr remote() {
        return remote;
    }

    /** Returns the device's contact. */
    public SipUri remoteTarget() {
        return remoteTarget;
    }

    /** A 2xx, or a provisional response with a tag, completes the dialog (§12.1.2). */
    void establish(SipResponse response) {
        if (!established || response.isSuccess()) {
            remote = response.to();
            List<NameAddr> recorded = new ArrayList<>(response.recordRoutes());
            Collections.reverse(recorded);
            routes = recorded;
            established = true;
        }
        refreshTarget(response);
    }

    /** A re-INVITE and its 2xx may change the remote target (§12.2). */
    public void refreshTarget(SipMessage message) {
        if (!message.contacts().isEmpty()) {
            remoteTarget = message.contacts().get(0).uri();
        }
    }

    /** Whether a request is in order (§12.2.2). */
    public boolean accepts(SipRequest request) {
        long number = request.cseq().number();
        if (number < remoteCseq) {
            return false;
        }
        remoteCseq = number;
        return true;
    }

    /** Starts a request in this dialog. */
    public SipRequest.Builder request(String method) {
        localCseq++;
        return request(method, localCseq);
    }

    /** Starts the ACK for the INVITE with that CSeq (§13.2.2.4). */
    SipRequest.Builder ack(long inviteCseq) {
        return request("ACK", inviteCseq);
    }

    private SipRequest.Builder request(String method, long cseq) {
        SipRequest.Builder request = SipRequest.builder(method, remoteTarget)
                .from(local)
                .to(remote)
                .callId(callId)
                .cseq(cseq, method);
        routes.forEach(request::addRoute);
        return request;
    }
}
