// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.os.Bundle
import android.widget.LinearLayout
import android.widget.TextView
import com.techpro.callclient.engine.call.Call
import com.techpro.callclient.engine.kotlin.awaitDelete
import com.techpro.callclient.engine.kotlin.awaitUndelete
import com.techpro.callclient.engine.voicemail.Playback
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot
import com.techpro.callclient.engine.voicemail.Voicemail
import com.techpro.callclient.engine.voicemail.VoicemailItem
import com.techpro.callclient.engine.voicemail.VoicemailOutcome
import com.techpro.callclient.ports.audio.AudioDevice
import java.time.Duration
import java.util.Locale

/** The messages that callers left. One plays while it arrives, on whichever loudspeaker. */
class VoicemailActivity : Screen() {
    private lateinit var summary: TextView
    private lateinit var messages: LinearLayout
    private lateinit var deleted: LinearLayout
    private lateinit var position: TextView
    private lateinit var speakers: LinearLayout
    private var playback: Playback? = null

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        summary = line()
        button("refresh") { voicemail().refresh() }
        button("voicemail_more") { voicemail().more() }
        button("voicemail_dial") { show(voicemail().dialVoicemail()) }
        messages = list()
        deleted = list()
        position = line()
        button("voicemail_pause") { playback?.pause() }
        button("voicemail_resume") { playback?.resume() }
        button("voicemail_back") { playback?.seek(Duration.ZERO) }
        speakers = list()
    }

    /** What is kept of a message on the device goes with its screen. */
    override fun onStop() {
        playback?.close()
        playback = null
        super.onStop()
    }

    override fun refresh() {
        val now = voicemail().snapshot()
        summary.text = now.problem()?.advice()
            ?: text("voicemail_summary", now.total().toString(), now.unheard().toString())
        show(
            messages,
            now.messages(),
            ::words,
            Action("voicemail_play") { play(it) },
            Action("delete") { tell(voicemail().awaitDelete(it.id())) },
            Action("call_back") { show(voicemail().callBack(it.id())) },
        )
        show(
            deleted,
            now.deleted(),
            ::words,
            Action("undelete") { tell(voicemail().awaitUndelete(it.id())) },
        )
        position.text = playback?.let { standing(it.snapshot()) } ?: ""
        show(
            speakers,
            phone().devices(AudioDevice.Direction.PLAYBACK),
            { it.name() },
            Action("route_use") { playback?.route(it.id()) },
        )
    }

    private fun voicemail(): Voicemail = client().voicemail()

    private fun show(call: Call?) {
        if (call != null) {
            go(CallActivity::class.java)
        }
    }

    private fun play(item: VoicemailItem) {
        playback?.close()
        playback = voicemail().play(item.id())
        phone().changed()
    }

    private fun tell(outcome: VoicemailOutcome) {
        outcome.problem()?.let { phone().say(it.advice()) }
    }

    private fun words(item: VoicemailItem): String {
        val mark = if (item.message().heard()) "" else "● "
        val who = item.caller().display().ifEmpty { text("withheld") }
        val transcription = item.message().transcription()?.let { "\n" + it } ?: ""
        return "$mark$who, ${whenWas(item.message().received())}$transcription"
    }

    private fun standing(now: PlaybackSnapshot): String {
        val state = text("playback_" + now.state().name.lowercase(Locale.ROOT))
        val length = now.duration()?.let { " / ${it.seconds} s" } ?: ""
        return "$state ${now.position().seconds} s$length"
    }
}
