// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.routing;

import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.testkit.pbx.call.ActiveCalls;
import com.techpro.callclient.testkit.pbx.call.BridgedCall;
import com.techpro.callclient.testkit.pbx.call.CallControl;
import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.call.LegFactory;
import com.techpro.callclient.testkit.pbx.call.ServiceCall;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import com.techpro.callclient.testkit.pbx.settings.FeatureCode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Executes feature codes, and holds parked devices. On the signalling loop. */
final class FeatureNumbers {
    private static final int SLOTS = 9;

    private final ActiveCalls calls;
    private final LegFactory lines;
    private final Map<FeatureCode, String> codes;
    private final Transfers transfers;
    private final UserFeatures users;

    /** By the number that retrieves the device. Readable from any thread. */
    private final Map<String, Leg> parked = new ConcurrentHashMap<>();

    FeatureNumbers(
            ActiveCalls calls,
            LegFactory lines,
            Map<FeatureCode, String> codes,
            Transfers transfers,
            UserFeatures users) {
        this.calls = calls;
        this.lines = lines;
        this.codes = codes;
        this.transfers = transfers;
        this.users = users;
        transfers.parkingAt(codes.get(FeatureCode.PARK), this::park);
    }

    /**
     * Handles a dialled number that has no other meaning.
     *
     * @return false if it is no feature code, or nobody is parked there
     */
    boolean dialled(ServerTransactionHandle invite, String caller, String number) throws IOException {
        Leg waiting = parked.get(number);
        if (waiting != null) {
            Leg newcomer = lines.toCaller(invite).make(CallControl.NONE);
            Sdp.Section formats = newcomer.take(invite);
            if (formats != null) {
                BridgedCall.join(calls, newcomer, formats, waiting);
            }
            return true;
        }
        for (Map.Entry<FeatureCode, String> each : codes.entrySet()) {
            FeatureCode code = each.getKey();
            boolean begins = number.startsWith(each.getValue())
                    && number.length() > each.getValue().length();
            if (code != FeatureCode.PARK && (code.takesNumber() ? begins : number.equals(each.getValue()))) {
                String rest = number.substring(each.getValue().length());
                if (code == FeatureCode.PICKUP) {
                    pickUp(invite, rest);
                } else {
                    users.set(code, caller, rest);
                    confirm(invite);
                }
                return true;
            }
        }
        return false;
    }

    private void pickUp(ServerTransactionHandle invite, String extension) throws IOException {
        for (Leg leg : calls.legs()) {
            if (extension.equals(leg.extension()) && leg.call() instanceof BridgedCall call && call.rings(leg)) {
                transfers.pickUp(invite, call, leg);
                return;
            }
        }
        invite.respond(404);
    }

    /** Answers, then sends BYE. */
    private void confirm(ServerTransactionHandle invite) throws IOException {
        ServiceCall call = new ServiceCall(calls, calls.music().get());
        calls.began(call);
        call.start(lines.toCaller(invite).make(call), invite);
        calls.connected(call);
        call.hangUp();
    }

    /**
     * Parks a device of an established call.
     *
     * @return the number that retrieves it; null if all are taken
     */
    @Nullable
    String park(Leg device) {
        long first = Long.parseLong(codes.getOrDefault(FeatureCode.PARK, "0"));
        for (long slot = first + 1; slot <= first + SLOTS; slot++) {
            String number = Long.toString(slot);
            if (parked.putIfAbsent(number, device) == null) {
                ServiceCall waiting = new ServiceCall(calls, calls.music().get(), new ServiceCall.Listener() {
                    @Override
                    public void ended(int refusal) {
                        parked.remove(number);
                    }
                });
                calls.began(waiting);
                waiting.adopt(device);
                return number;
            }
        }
        return null;
    }

    /** Returns the parked extensions by number. From any thread. */
    Map<String, String> parked() {
        Map<String, String> found = new ConcurrentHashMap<>();
        parked.forEach((number, leg) -> found.put(number, leg.extension() == null ? "" : leg.extension()));
        return found;
    }
}
