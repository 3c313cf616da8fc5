// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.routing;

import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.testkit.pbx.call.ActiveCalls;
import com.techpro.callclient.testkit.pbx.call.LegFactory;
import com.techpro.callclient.testkit.pbx.call.ServiceCall;
import com.techpro.callclient.testkit.pbx.media.ProgrammeSource;
import com.techpro.callclient.testkit.pbx.registrar.PushGateway;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls that the PBX places itself, with any caller identity. On the signalling loop. */
public final class OutboundCalls {
    private final ActiveCalls calls;
    private final LegFactory lines;
    private final @Nullable PushGateway push;
    private final PbxSettings settings;

    OutboundCalls(ActiveCalls calls, LegFactory lines, @Nullable PushGateway push, PbxSettings settings) {
        this.calls = calls;
        this.lines = lines;
        this.push = push;
        this.settings = settings;
    }

    /**
     * The parameters of a call.
     *
     * @param extension whose phones ring
     * @param name the caller's display name; empty if there is none
     * @param number the user of the caller's address
     * @param headers additional headers of the INVITE
     * @param noAnswer how long it may ring; null for the default
     */
    public record Plan(
            String extension,
            String name,
            String number,
            Map<String, String> headers,
            @Nullable Duration noAnswer) {
        public Plan {
            headers = Map.copyOf(headers);
        }

        @Override
        public String toString() {
            return "Plan[to " + extension + "]";
        }
    }

    /** Rings the phones of an extension, and wakes sleeping ones. */
    public ServiceCall begin(Plan plan, ProgrammeSource.Programme programme, ServiceCall.Listener listener) {
        ServiceCall call = new ServiceCall(calls, lines.newStation().with(programme), listener);
        calls.began(call);
        if (push == null) {
            dial(call, plan);
        } else {
            push.whenAwake(lines.devicesOf(List.of(plan.extension)), () -> dial(call, plan));
        }
        return call;
    }

    private void dial(ServiceCall call, Plan plan) {
        if (call.over()) {
            return;
        }
        NameAddr from = NameAddr.of(
                plan.name.isEmpty() ? null : plan.name, SipUri.of("sip", plan.number, settings.domain(), 0));
        call.dial(
                lines.toDevices(List.of(plan.extension), from, lines::contactOn),
                plan.headers,
                plan.noAnswer == null ? settings.noAnswer() : plan.noAnswer);
    }
}
