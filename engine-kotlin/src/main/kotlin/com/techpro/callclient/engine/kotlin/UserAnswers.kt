// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import com.techpro.callclient.engine.call.CallForwarding
import com.techpro.callclient.engine.call.Caller
import com.techpro.callclient.engine.call.CommandOutcome
import com.techpro.callclient.engine.call.ForwardingRules
import com.techpro.callclient.engine.conference.Conference
import com.techpro.callclient.engine.conference.ConferenceOutcome
import com.techpro.callclient.engine.conference.Conferences
import com.techpro.callclient.engine.conference.Participant
import com.techpro.callclient.engine.conference.RoomsOutcome
import com.techpro.callclient.engine.lock.AppLock
import com.techpro.callclient.engine.lock.LockOutcome
import com.techpro.callclient.engine.message.TextMessages
import com.techpro.callclient.engine.people.Directory
import com.techpro.callclient.engine.people.Favorite
import com.techpro.callclient.engine.people.Favorites
import com.techpro.callclient.engine.people.History
import com.techpro.callclient.engine.people.Person
import com.techpro.callclient.engine.presence.DoNotDisturb
import com.techpro.callclient.engine.voicemail.GreetingsOutcome
import com.techpro.callclient.engine.voicemail.Playback
import com.techpro.callclient.engine.voicemail.Voicemail
import com.techpro.callclient.engine.voicemail.VoicemailOutcome
import com.techpro.callclient.ports.secret.Secret
import java.time.Duration

/** Waits for [AppLock.change]. Cancelling ends the waiting alone. */
public suspend fun AppLock.awaitChange(settings: AppLock.Settings, proof: AppLock.Proof): LockOutcome =
    answerTo { change(settings, proof) }

/** Waits for [AppLock.setPin]. Cancelling ends the waiting alone: the PIN is set nevertheless. */
public suspend fun AppLock.awaitSetPin(pin: Secret, settings: AppLock.Settings, proof: AppLock.Proof): LockOutcome =
    answerTo { setPin(pin, settings, proof) }

/**
 * Waits for [AppLock.unlockWithPin]. Cancelling ends the waiting alone: the right PIN unlocks
 * nevertheless.
 */
public suspend fun AppLock.awaitUnlockWithPin(pin: Secret): LockOutcome = answerTo { unlockWithPin(pin) }

/**
 * Waits for [AppLock.unlock]. Cancelling ends the waiting alone: the right password unlocks
 * nevertheless.
 */
public suspend fun AppLock.awaitUnlock(password: Secret): LockOutcome = answerTo { unlock(password) }

/**
 * Waits for [AppLock.unlockWithBiometrics]. Cancelling ends the waiting alone: the platform's
 * question stays.
 */
public suspend fun AppLock.awaitUnlockWithBiometrics(): LockOutcome = answerTo { unlockWithBiometrics() }

/** Waits for [Directory.lookUp]. Cancelling ends the waiting alone. */
public suspend fun Directory.awaitLookUp(number: String): Caller = answerTo { lookUp(number) }

/** Waits for [Directory.search]. Cancelling ends the waiting alone. */
public suspend fun Directory.awaitSearch(text: String, limit: Int): List<Person> = answerTo { search(text, limit) }

/** Waits for [Directory.refresh]. Cancelling ends only the waiting. */
public suspend fun Directory.awaitRefresh(): CommandOutcome = answerTo { refresh() }

/** Waits for [History.delete]. Cancelling ends only the waiting. */
public suspend fun History.awaitDelete(id: String): CommandOutcome = answerTo { delete(id) }

/** Waits for [History.clear]. Cancelling ends only the waiting. */
public suspend fun History.awaitClear(): CommandOutcome = answerTo { clear() }

/** Waits for [History.refresh]. Cancelling ends only the waiting. */
public suspend fun History.awaitRefresh(): CommandOutcome = answerTo { refresh() }

/** Waits for [TextMessages.markRead]. Cancelling ends only the waiting. */
public suspend fun TextMessages.awaitMarkRead(party: String): CommandOutcome = answerTo { markRead(party) }

/** Waits for [TextMessages.delete]. Cancelling ends only the waiting. */
public suspend fun TextMessages.awaitDelete(id: String): CommandOutcome = answerTo { delete(id) }

/** Waits for [TextMessages.deleteConversation]. Cancelling ends only the waiting. */
public suspend fun TextMessages.awaitDeleteConversation(party: String): CommandOutcome =
    answerTo { deleteConversation(party) }

/** Waits for [TextMessages.clear]. Cancelling ends only the waiting. */
public suspend fun TextMessages.awaitClear(): CommandOutcome = answerTo { clear() }

/** Waits for [Favorites.add]. Cancelling ends the waiting alone. */
public suspend fun Favorites.awaitAdd(favorite: Favorite): CommandOutcome = answerTo { add(favorite) }

/** Waits for [Favorites.remove]. Cancelling ends the waiting alone. */
public suspend fun Favorites.awaitRemove(number: String): CommandOutcome = answerTo { remove(number) }

/** Waits for [Favorites.move]. Cancelling ends the waiting alone. */
public suspend fun Favorites.awaitMove(number: String, position: Int): CommandOutcome = answerTo { move(number, position) }

/** Waits for [Favorites.showLamps]. Cancelling ends the waiting alone. */
public suspend fun Favorites.awaitShowLamps(watching: String?): CommandOutcome = answerTo { showLamps(watching) }

/** Waits for [DoNotDisturb.set]. Cancelling ends the waiting alone. */
public suspend fun DoNotDisturb.awaitSet(on: Boolean): CommandOutcome = answerTo { set(on) }

/** Waits for [CallForwarding.set]. Cancelling ends the waiting alone. */
public suspend fun CallForwarding.awaitSet(rules: ForwardingRules): CommandOutcome = answerTo { set(rules) }

/** Waits for [Voicemail.refresh]. Cancelling ends only the waiting. */
public suspend fun Voicemail.awaitRefresh(): VoicemailOutcome = answerTo { refresh() }

/** Waits for [Voicemail.more]. Cancelling ends only the waiting. */
public suspend fun Voicemail.awaitMore(): VoicemailOutcome = answerTo { more() }

/** Waits for [Playback.pause]. Cancelling ends only the waiting. */
public suspend fun Playback.awaitPause(): CommandOutcome = answerTo { pause() }

/** Waits for [Playback.resume]. Cancelling ends only the waiting. */
public suspend fun Playback.awaitResume(): CommandOutcome = answerTo { resume() }

/** Waits for [Playback.seek]. Cancelling ends only the waiting. */
public suspend fun Playback.awaitSeek(position: Duration): CommandOutcome = answerTo { seek(position) }

/** Waits for [Playback.route]. Cancelling ends only the waiting. */
public suspend fun Playback.awaitRoute(deviceId: String?): CommandOutcome = answerTo { route(deviceId) }

/** Waits for [Voicemail.markHeard]. Cancelling ends the waiting alone. */
public suspend fun Voicemail.awaitMarkHeard(id: String, heard: Boolean): VoicemailOutcome =
    answerTo { markHeard(id, heard) }

/**
 * Waits for [Voicemail.delete]. Cancelling ends the waiting alone; [awaitUndelete] brings the
 * message back.
 */
public suspend fun Voicemail.awaitDelete(id: String): VoicemailOutcome = answerTo { delete(id) }

/** Waits for [Voicemail.undelete]. Cancelling ends the waiting alone. */
public suspend fun Voicemail.awaitUndelete(id: String): VoicemailOutcome = answerTo { undelete(id) }

/** Waits for [Voicemail.purge]. Cancelling ends the waiting alone. */
public suspend fun Voicemail.awaitPurge(): VoicemailOutcome = answerTo { purge() }

/** Waits for [Voicemail.greetings]. Cancelling ends the waiting alone. */
public suspend fun Voicemail.awaitGreetings(): GreetingsOutcome = answerTo { greetings() }

/** Waits for [Conferences.rooms]. Cancelling ends the waiting alone. */
public suspend fun Conferences.awaitRooms(): RoomsOutcome = answerTo { rooms() }

/** Waits for [Conferences.refresh]. Cancelling ends the waiting alone. */
public suspend fun Conferences.awaitRefresh(): RoomsOutcome = answerTo { refresh() }

/** Waits for [Conference.leave]. Cancelling ends only the waiting. */
public suspend fun Conference.awaitLeave(): CommandOutcome = answerTo { leave() }

/** Waits for [Conference.setMuted]. Cancelling ends only the waiting. */
public suspend fun Conference.awaitSetMuted(muted: Boolean): CommandOutcome = answerTo { setMuted(muted) }

/** Waits for [Conference.toggleRoomMute]. Cancelling ends only the waiting. */
public suspend fun Conference.awaitToggleRoomMute(): CommandOutcome = answerTo { toggleRoomMute() }

/** Waits for [Conference.toggleMembersMute]. Cancelling ends only the waiting. */
public suspend fun Conference.awaitToggleMembersMute(): CommandOutcome = answerTo { toggleMembersMute() }

/**
 * Waits for [Conference.add]. Cancelling ends the waiting alone: somebody who is being called may
 * still come.
 */
public suspend fun Conference.awaitAdd(target: String): ConferenceOutcome = answerTo { add(target) }

/** Waits for [Conference.remove]. Cancelling ends the waiting alone. */
public suspend fun Conference.awaitRemove(participant: Participant): ConferenceOutcome =
    answerTo { remove(participant) }
