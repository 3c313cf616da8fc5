// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import com.techpro.callclient.testkit.pbx.media.SupportedFormats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rings devices on behalf of a device that is in another call, until one answers. On the signalling
 * loop.
 */
public final class CallOut implements CallControl {
    /** Receives the outcome. */
    public interface Listener {
        void rings();

        /** The device belongs to this call until another takes it over. */
        void answered(Leg device, Sdp.Section formats);

        void failed(int status);
    }

    private final ActiveCalls calls;
    private final Listener listener;
    private final List<Leg> ringing = new ArrayList<>();
    private @Nullable Leg answered;
    private @Nullable Timer patience;
    private int bestRefusal = 480;
    private boolean ended;

    public CallOut(ActiveCalls calls, Listener listener) {
        this.calls = calls;
        this.listener = listener;
    }

    public void start(List<Leg.Maker> devices, Map<String, String> headers, Duration noAnswer) {
        for (Leg.Maker device : devices) {
            ringing.add(device.make(this));
        }
        if (ringing.isEmpty()) {
            fail(480);
            return;
        }
        patience = calls.loop().schedule(noAnswer, () -> fail(480));
        for (Leg device : List.copyOf(ringing)) {
            device.call(device.media().offer(SupportedFormats.ALL, "sendrecv"), headers, new Ringing(device));
        }
    }

    private final class Ringing implements InviteOutcome {
        private final Leg device;

        private Ringing(Leg device) {
            this.device = device;
        }

        @Override
        public void progress(SipResponse response) {
            if (response.status() > 100 && !ended) {
                listener.rings();
            }
        }

        @Override
        public void accepted(SipResponse ok) {
            ringing.remove(device);
            device.acknowledge(ok, null);
            Sdp answer = SdpBody.of(ok);
            Sdp.Section audio = ended || answer == null ? null : device.media().acceptAnswer(answer);
            if (audio == null) {
                device.bye(answered == null ? null : BridgedCall.ANSWERED_ELSEWHERE);
                device.close();
                done(488);
                return;
            }
            device.media().commit();
            answered = device;
            end(BridgedCall.ANSWERED_ELSEWHERE);
            listener.answered(device, audio);
        }

        @Override
        public void refused(int status) {
            ringing.remove(device);
            device.close();
            done(status);
        }
    }

    private void done(int status) {
        if (!ended) {
            bestRefusal = BridgedCall.better(bestRefusal, status);
            if (status >= 600 || ringing.isEmpty()) {
                fail(status >= 600 ? status : bestRefusal);
            }
        }
    }

    private void fail(int status) {
        if (!ended) {
            end(null);
            listener.failed(status);
        }
    }

    /** Stops ringing; nobody waits for an answer any more. */
    public void abandon() {
        if (!ended) {
            end(null);
        }
    }

    private void end(@Nullable String reason) {
        ended = true;
        if (patience != null) {
            patience.cancel();
        }
        // Devices that still ring close their legs once their INVITE has its final response.
        ringing.forEach(device -> device.cancel(reason));
        calls.ended(this);
    }

    @Override
    public void requested(Leg leg, ServerTransactionHandle transaction) {
        transaction.respond(transaction.request().isMethod("BYE") ? 200 : 481);
    }

    @Override
    public void cancelled(Leg leg) {}

    @Override
    public void acknowledged(Leg leg, SipRequest ack) {}

    @Override
    public void lost(Leg leg) {}

    @Override
    public void release(Leg leg) {}

    @Override
    public void hangUp() {
        fail(480);
    }

    @Override
    public void drop() {
        ringing.forEach(Leg::close);
        ringing.clear();
        abandon();
    }
}
