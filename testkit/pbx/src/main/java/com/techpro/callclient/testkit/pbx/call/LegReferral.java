// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A REFER to a leg's device (RFC 3515) and what its NOTIFYs tell of its progress. */
public final class LegReferral {
    private final Leg leg;
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();

    LegReferral(Leg leg) {
        this.leg = leg;
    }

    /** Sends the device a REFER. */
    public void refer(String referTo, Map<String, String> headers) {
        SipRequest.Builder refer =
                leg.dialog().request("REFER").contact(leg.dialog().contact()).set("Refer-To", referTo);
        headers.forEach(refer::set);
        leg.send(refer, statuses::add);
    }

    /**
     * Returns the final status of the REFER, followed by the statuses of its NOTIFYs. From any
     * thread.
     */
    public List<Integer> statuses() {
        return List.copyOf(statuses);
    }

    /** Handles a NOTIFY for the REFER. On success the PBX sends BYE, as a phone does. */
    public boolean notified(ServerTransactionHandle notify) {
        String event = notify.request().header("Event");
        if (!notify.request().isMethod("NOTIFY") || event == null || !event.startsWith("refer") || statuses.isEmpty()) {
            return false;
        }
        notify.respond(200);
        String[] line = notify.request().bodyText().split(" ", 3);
        int status = line.length < 3 ? 0 : Integer.parseInt(line[1]);
        statuses.add(status);
        if (status >= 200 && status < 300) {
            leg.call().hangUp();
        }
        return true;
    }
}
