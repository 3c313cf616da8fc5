// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import com.techpro.callclient.engine.Account
import com.techpro.callclient.engine.AudioRoutes
import com.techpro.callclient.engine.CallClient
import com.techpro.callclient.engine.CallClientListener
import com.techpro.callclient.engine.MessagesWaiting
import com.techpro.callclient.engine.RegistrationSnapshot
import com.techpro.callclient.engine.call.Call
import com.techpro.callclient.engine.call.CallEvent
import com.techpro.callclient.engine.call.CallForwardingSnapshot
import com.techpro.callclient.engine.call.CallSnapshot
import com.techpro.callclient.engine.conference.Conference
import com.techpro.callclient.engine.conference.ConferenceSnapshot
import com.techpro.callclient.engine.diagnostics.RefusedRequest
import com.techpro.callclient.engine.message.MessageReceipt as Receipt
import com.techpro.callclient.engine.message.TextMessage
import com.techpro.callclient.engine.message.TextMessagesSnapshot
import com.techpro.callclient.engine.people.FavoritesSnapshot
import com.techpro.callclient.engine.people.HistorySnapshot
import com.techpro.callclient.engine.presence.DoNotDisturbSnapshot
import com.techpro.callclient.engine.tone.ToneProblem
import com.techpro.callclient.engine.voicemail.Playback
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot
import kotlinx.coroutines.channels.BufferOverflow
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** How many events wait for a collector of [events] at most. */
public const val EVENTS_KEPT: Int = 1_024

/**
 * What the client tells, in order. The flow is cold: each collection adds a [CallClientListener]
 * and begins, as [CallClient.addListener] does, with how things stand; cancelling removes the
 * listener. It does not complete, also when the client closes.
 *
 * The engine does not wait for a slow collector. [EVENTS_KEPT] events wait for it; then the oldest
 * are dropped, and in their place the collector gets one [ClientEvent.Missed]. No thread is used
 * but the callbacks' executor and the collector's own. A collection that begins after the client
 * was closed throws [IllegalStateException].
 */
public val CallClient.events: Flow<ClientEvent>
    get() = flow {
        val waiting = Channel<IndexedValue<ClientEvent>>(EVENTS_KEPT, BufferOverflow.DROP_OLDEST)
        var told = 0
        val listener = EventListener { waiting.trySend(IndexedValue(told++, it)) }
        addListener(listener)
        try {
            var next = 0
            for ((number, event) in waiting) {
                if (number != next) {
                    emit(ClientEvent.Missed(number - next))
                }
                next = number + 1
                emit(event)
            }
        } finally {
            removeListener(listener)
        }
    }

/**
 * What happened: each kind is the method of [CallClientListener] that has its name. They print no
 * personal data.
 */
public sealed interface ClientEvent {
    /** As [CallClientListener.registrationChanged] tells. */
    public data class RegistrationChanged(val account: Account, val after: RegistrationSnapshot) : ClientEvent

    /** As [CallClientListener.messagesWaitingChanged] tells. */
    public data class MessagesWaitingChanged(val account: Account, val after: MessagesWaiting) : ClientEvent

    /** As [CallClientListener.messageReceived] tells. */
    public data class MessageReceived(val account: Account, val message: TextMessage) : ClientEvent

    /** As [CallClientListener.messageReceipt] tells. */
    public data class MessageReceipt(val account: Account, val receipt: Receipt) : ClientEvent

    /** As [CallClientListener.incomingCall] tells. */
    public data class IncomingCall(val call: Call, val snapshot: CallSnapshot) : ClientEvent

    /** As [CallClientListener.callChanged] tells. */
    public data class CallChanged(val call: Call, val event: CallEvent) : ClientEvent

    /**
     * As [CallClientListener.incomingRefused] tells; [account] is null if there is none here whose
     * user the request names.
     */
    public data class IncomingRefused(val account: Account?, val refused: RefusedRequest) : ClientEvent

    /** As [CallClientListener.audioRoutesChanged] tells. */
    public data class AudioRoutesChanged(val routes: AudioRoutes) : ClientEvent

    /** As [CallClientListener.toneUnavailable] tells. */
    public data class ToneUnavailable(val problem: ToneProblem) : ClientEvent

    /** As [CallClientListener.lockChanged] tells. */
    public data class LockChanged(val locked: Boolean) : ClientEvent

    /** As [CallClientListener.unlockNeeded] tells. */
    public data class UnlockNeeded(val call: Call) : ClientEvent

    /** As [CallClientListener.conferenceChanged] tells. */
    public data class ConferenceChanged(val conference: Conference, val after: ConferenceSnapshot) : ClientEvent

    /** As [CallClientListener.favoritesChanged] tells. */
    public data class FavoritesChanged(val after: FavoritesSnapshot) : ClientEvent

    /** As [CallClientListener.doNotDisturbChanged] tells. */
    public data class DoNotDisturbChanged(val after: DoNotDisturbSnapshot) : ClientEvent

    /** As [CallClientListener.callForwardingChanged] tells. */
    public data class CallForwardingChanged(val after: CallForwardingSnapshot) : ClientEvent

    /** As [CallClientListener.voicemailChanged] tells. */
    public data class VoicemailChanged(val after: VoicemailSnapshot) : ClientEvent

    /** As [CallClientListener.playbackChanged] tells. */
    public data class PlaybackChanged(val playback: Playback, val after: PlaybackSnapshot) : ClientEvent

    /** As [CallClientListener.textMessagesChanged] tells. */
    public data class TextMessagesChanged(val after: TextMessagesSnapshot) : ClientEvent

    /** As [CallClientListener.historyChanged] tells. */
    public data class HistoryChanged(val after: HistorySnapshot) : ClientEvent

    /**
     * The collector was too slow, and [count] events that stood here were dropped. How things are
     * now, the snapshots tell.
     */
    public data class Missed(val count: Int) : ClientEvent
}

/** Hands on each event. */
private class EventListener(private val tell: (ClientEvent) -> Unit) : CallClientListener {
    override fun registrationChanged(account: Account, after: RegistrationSnapshot) =
        tell(ClientEvent.RegistrationChanged(account, after))

    override fun messagesWaitingChanged(account: Account, after: MessagesWaiting) =
        tell(ClientEvent.MessagesWaitingChanged(account, after))

    override fun messageReceived(account: Account, message: TextMessage) =
        tell(ClientEvent.MessageReceived(account, message))

    override fun messageReceipt(account: Account, receipt: Receipt) =
        tell(ClientEvent.MessageReceipt(account, receipt))

    override fun incomingCall(call: Call, snapshot: CallSnapshot) = tell(ClientEvent.IncomingCall(call, snapshot))

    override fun callChanged(call: Call, event: CallEvent) = tell(ClientEvent.CallChanged(call, event))

    override fun incomingRefused(account: Account?, refused: RefusedRequest) =
        tell(ClientEvent.IncomingRefused(account, refused))

    override fun audioRoutesChanged(routes: AudioRoutes) = tell(ClientEvent.AudioRoutesChanged(routes))

    override fun toneUnavailable(problem: ToneProblem) = tell(ClientEvent.ToneUnavailable(problem))

    override fun lockChanged(locked: Boolean) = tell(ClientEvent.LockChanged(locked))

    override fun unlockNeeded(call: Call) = tell(ClientEvent.UnlockNeeded(call))

    override fun conferenceChanged(conference: Conference, after: ConferenceSnapshot) =
        tell(ClientEvent.ConferenceChanged(conference, after))

    override fun favoritesChanged(after: FavoritesSnapshot) = tell(ClientEvent.FavoritesChanged(after))

    override fun doNotDisturbChanged(after: DoNotDisturbSnapshot) = tell(ClientEvent.DoNotDisturbChanged(after))

    override fun callForwardingChanged(after: CallForwardingSnapshot) = tell(ClientEvent.CallForwardingChanged(after))

    override fun voicemailChanged(after: VoicemailSnapshot) = tell(ClientEvent.VoicemailChanged(after))

    override fun playbackChanged(playback: Playback, after: PlaybackSnapshot) =
        tell(ClientEvent.PlaybackChanged(playback, after))

    override fun textMessagesChanged(after: TextMessagesSnapshot) = tell(ClientEvent.TextMessagesChanged(after))

    override fun historyChanged(after: HistorySnapshot) = tell(ClientEvent.HistoryChanged(after))
}
