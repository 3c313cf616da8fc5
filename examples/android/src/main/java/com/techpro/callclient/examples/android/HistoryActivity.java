// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.text.format.DateUtils;
import android.widget.LinearLayout;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.people.HistoryEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who called whom: here, and what the phone system's call log has besides. */
public final class HistoryActivity extends Screen {
    private LinearLayout entries;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        button("refresh", () -> client().history().refresh());
        button("history_clear", () -> client().history().clear());
        entries = list();
    }

    @Override
    void refresh() {
        show(
                entries,
                client().history().snapshot().entries(),
                this::words,
                List.of(
                        new Action<>("call", this::call),
                        new Action<>("delete", entry -> client().history().delete(entry.id()))));
    }

    private void call(HistoryEntry entry) {
        String number = entry instanceof HistoryEntry.CallRecord call
                ? call.number()
                : ((HistoryEntry.ConferenceRecord) entry).room();
        if (phone().dial(number)) {
            go(CallActivity.class);
        }
    }

    private String words(HistoryEntry entry) {
        if (entry instanceof HistoryEntry.CallRecord call) {
            String who = call.name() != null ? call.name() : call.number();
            return text(call.direction() == CallDirection.INCOMING ? "history_from" : "history_to")
                    + " " + (who.isEmpty() ? text("withheld") : who)
                    + ", " + text("history_" + call.outcome().name().toLowerCase(Locale.ROOT))
                    + ", " + when(call.start());
        }
        HistoryEntry.ConferenceRecord room = (HistoryEntry.ConferenceRecord) entry;
        return text("room_title") + " " + (room.name() != null ? room.name() : room.room()) + ", " + when(room.start());
    }

    static CharSequence when(Instant time) {
        return DateUtils.getRelativeTimeSpanString(time.toEpochMilli());
    }
}
