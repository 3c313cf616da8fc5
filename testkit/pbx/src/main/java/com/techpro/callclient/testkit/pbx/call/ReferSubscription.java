// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ClientListener;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The implicit subscription of a REFER, whose NOTIFYs report its progress to the sender (RFC 3515
 * §2.4.4). On the signalling loop.
 */
public final class ReferSubscription {
    private final ActiveCalls calls;
    private final SipRequest refer;
    private final LegDialog dialog;
    private final Supplier<Flow> flow;
    private final boolean silent;
    private boolean over;

    private ReferSubscription(
            ActiveCalls calls, SipRequest refer, LegDialog dialog, Supplier<Flow> flow, boolean silent) {
        this.calls = calls;
        this.refer = refer;
        this.dialog = dialog;
        this.flow = flow;
        this.silent = silent;
    }

    /** Returns the target of a REFER; null unless it has exactly one readable address. */
    public static @Nullable SipUri target(SipRequest refer) {
        List<String> values = refer.headers("Refer-To");
        if (values.size() != 1) {
            return null;
        }
        try {
            return NameAddr.parse(values.get(0)).uri();
        } catch (SipParseException e) {
            return null;
        }
    }

    /**
     * Accepts a REFER, and notifies that it is being carried out.
     *
     * @param flow on which the sender is at the moment
     */
    public static ReferSubscription accept(
            ActiveCalls calls, LegDialog dialog, Supplier<Flow> flow, ServerTransactionHandle transaction) {
        SipRequest refer = transaction.request();
        // RFC 4488: the sender may decline the subscription.
        boolean silent = "false".equalsIgnoreCase(refer.header("Refer-Sub"));
        SipResponse.Builder accepted = transaction.response(202).contact(dialog.contact());
        if (silent) {
            accepted.set("Refer-Sub", "false");
        }
        transaction.respond(accepted.build());
        ReferSubscription subscription = new ReferSubscription(calls, refer, dialog, flow, silent);
        subscription.tell(100);
        return subscription;
    }

    /** Notifies a status; a final one ends the subscription. */
    public void tell(int status) {
        tell(status, "");
    }

    /** @param headers headers of the reported response, each line with its end */
    public void tell(int status, String headers) {
        if (over || silent) {
            return;
        }
        over = status >= 200;
        String line = "SIP/2.0 " + status + " "
                + SipResponse.respondTo(refer, status).build().reason();
        SipRequest.Builder notify = dialog.request("NOTIFY")
                .contact(dialog.contact())
                // RFC 3515 §2.4.6: distinguishes several in one dialog.
                .set("Event", "refer;id=" + refer.cseq().number())
                .set("Subscription-State", over ? "terminated;reason=noresource" : "active;expires=60")
                .body("message/sipfrag;version=2.0", line + "\r\n" + headers);
        calls.transactions().send(notify.build(), flow.get(), new ClientListener() {
            @Override
            public void response(SipResponse response) {
                over |= response.status() >= 300;
            }

            @Override
            public void failed(Failure why) {
                over = true;
            }
        });
    }

    /** Stops notifying: the sender is gone. */
    public void end() {
        over = true;
    }
}
