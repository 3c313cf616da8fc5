// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.media.QualityReport;
import com.techpro.callclient.engine.internal.call.party.DialTarget;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.RequestListener;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the quality of each ended call to the collector that the account names (RFC 6035); does
 * nothing for accounts without one. A report is sent once, and never again for a call. A phone
 * system that refuses one gets no more. Belongs to the loop.
 */
final class QualityReportService {
    /** After its end a call's media publishes its last figures. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final EngineLoop loop;
    private final Map<CallSession, AccountSession> calls = new HashMap<>();
    private final Set<AccountSession> refusing = new HashSet<>();
    private long unsent;

    QualityReportService(EngineLoop loop) {
        this.loop = loop;
    }

    void began(AccountSession account, CallSession call) {
        if (account.account().qualityCollector() != null) {
            calls.put(call, account);
        }
    }

    void changed(CallSession call, CallEvent event) {
        AccountSession account = event instanceof CallEvent.Ended ? calls.remove(call) : null;
        if (account != null && !refusing.contains(account)) {
            loop.schedule(SETTLED, () -> report(account, call));
        }
    }

    void gone(AccountSession account) {
        refusing.remove(account);
        calls.values().removeIf(account::equals);
    }

    /** Reports that were refused, or that found no server. */
    long unsent() {
        return unsent;
    }

    private void report(AccountSession account, CallSession call) {
        SipEndpoint endpoint = account.endpoint();
        SipUri collector = endpoint == null ? null : collector(account, endpoint);
        String report = call.qualityReport();
        if (endpoint == null || collector == null || report == null || refusing.contains(account)) {
            return;
        }
        endpoint.send(
                endpoint.newRequest("PUBLISH", collector)
                        .set("Event", QualityReport.EVENT)
                        .body(QualityReport.CONTENT_TYPE, report),
                new Outcome(account));
    }

    /** Returns null if there is none within the account's own phone system (promise S5). */
    private static @Nullable SipUri collector(AccountSession account, SipEndpoint endpoint) {
        String named = account.account().qualityCollector();
        try {
            SipUri uri = named == null
                    ? null
                    : DialTarget.parse(named, account.account().domain());
            return uri != null && endpoint.isOfPhoneSystem(uri) ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private final class Outcome implements RequestListener {
        private final AccountSession account;

        Outcome(AccountSession account) {
            this.account = account;
        }

        @Override
        public void success(SipResponse response) {}

        @Override
        public void rejected(SipResponse response, Failure why) {
            unsent++;
            if (account.endpoint() != null && refusing.add(account)) {
                Loggers.MEDIA.info("quality reports are refused with {}: none are sent any more", response.status());
            }
        }

        @Override
        public void failed(Failure why) {
            unsent++;
        }
    }
}
