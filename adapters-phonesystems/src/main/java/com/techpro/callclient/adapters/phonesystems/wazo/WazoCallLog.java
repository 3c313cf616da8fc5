// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import com.techpro.callclient.adapters.phonesystems.provisioning.LoginRefusedException;
import com.techpro.callclient.adapters.phonesystems.provisioning.UntrustedJson;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The user's calls, from wazo-call-logd. Users cannot delete them. */
final class WazoCallLog implements RemoteCallHistory {
    private static final int PAGE = 500;

    private final WazoApi api;
    private final String user;
    private final WazoEvents events;
    private WazoEvents.@Nullable Listening listening;

    /** @param user the user whose calls they are; tells incoming from outgoing */
    WazoCallLog(WazoApi api, String user, WazoEvents events) {
        this.api = api;
        this.user = user;
        this.events = events;
    }

    @Override
    public synchronized void watch(@Nullable Runnable changed) {
        if (listening != null) {
            listening.close();
            listening = null;
        }
        if (changed != null) {
            listening = events.listen(WazoEvents.CALL_LOG, changed);
        }
    }

    @Override
    public List<RemoteCall> recent(int limit) throws IOException {
        List<RemoteCall> calls = new ArrayList<>();
        boolean more = limit > 0;
        while (more) {
            int wanted = Math.min(PAGE, limit - calls.size());
            UntrustedJson page = api.get(WazoApi.CALL_LOGD + "/users/me/cdr?order=start&direction=desc&limit=" + wanted
                    + "&offset=" + calls.size());
            List<UntrustedJson> items = page.objects("items");
            if (!page.hasList("items") || items.size() > wanted) {
                throw nonsense();
            }
            for (UntrustedJson item : items) {
                calls.add(call(item));
            }
            more = items.size() == wanted && calls.size() < limit;
        }
        return calls;
    }

    @Override
    public boolean deletable() {
        return false;
    }

    @Override
    public void delete(String id) {
        throw new UnsupportedOperationException("a Wazo keeps its call log");
    }

    /**
     * Reads a call. An unreadable one is a failure, because in a log with gaps the missing calls
     * would look deleted.
     */
    private RemoteCall call(UntrustedJson item) throws LoginRefusedException {
        String id = item.text("id");
        String start = item.text("start");
        if (id == null || start == null) {
            throw nonsense();
        }
        Long seconds = item.number("duration");
        boolean incoming = isIncoming(item);
        try {
            return new RemoteCall(
                    id,
                    incoming,
                    item.text(incoming ? "source_extension" : "destination_extension"),
                    item.text(incoming ? "source_name" : "destination_name"),
                    instant(start),
                    item.isTrue("answered"),
                    seconds == null || seconds < 0 ? Duration.ZERO : Duration.ofSeconds(seconds));
        } catch (DateTimeException e) {
            throw nonsense();
        }
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    /** Within the organisation both sides are users. A call to oneself counts as outgoing. */
    private boolean isIncoming(UntrustedJson item) {
        if (user.equals(item.text("source_user_uuid"))) {
            return false;
        }
        return user.equals(item.text("destination_user_uuid")) || !"outbound".equals(item.text("call_direction"));
    }

    private static LoginRefusedException nonsense() {
        return new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
    }

    @Override
    public String toString() {
        return "WazoCallLog[redacted]";
    }
}
