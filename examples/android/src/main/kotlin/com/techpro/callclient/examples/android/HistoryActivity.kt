// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.os.Bundle
import android.text.format.DateUtils
import android.widget.LinearLayout
import com.techpro.callclient.engine.call.CallDirection
import com.techpro.callclient.engine.people.HistoryEntry
import java.time.Instant
import java.util.Locale

/** Who called whom: here, and what the phone system's call log has besides. */
class HistoryActivity : Screen() {
    private lateinit var entries: LinearLayout

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        button("refresh") { client().people().history().refresh() }
        button("history_clear") { client().people().history().clear() }
        entries = list()
    }

    override fun refresh() = show(
        entries,
        client().people().history().snapshot().entries(),
        ::words,
        Action("call") { call(it) },
        Action("delete") { client().people().history().delete(it.id()) },
    )

    private fun call(entry: HistoryEntry) {
        val number = when (entry) {
            is HistoryEntry.CallRecord -> entry.number()
            is HistoryEntry.ConferenceRecord -> entry.room()
        }
        if (phone().dial(number)) {
            go(CallActivity::class.java)
        }
    }

    private fun words(entry: HistoryEntry): String = when (entry) {
        is HistoryEntry.CallRecord -> {
            val way = text(if (entry.direction() == CallDirection.INCOMING) "history_from" else "history_to")
            val who = (entry.name() ?: entry.number()).ifEmpty { text("withheld") }
            val outcome = text("history_" + entry.outcome().name.lowercase(Locale.ROOT))
            "$way $who, $outcome, ${whenWas(entry.start())}"
        }
        is HistoryEntry.ConferenceRecord ->
            text("room_title") + " " + (entry.name() ?: entry.room()) + ", " + whenWas(entry.start())
    }
}

internal fun whenWas(time: Instant): CharSequence = DateUtils.getRelativeTimeSpanString(time.toEpochMilli())
