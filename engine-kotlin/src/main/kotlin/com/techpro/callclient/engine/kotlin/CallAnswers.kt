// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import com.techpro.callclient.engine.Account
import com.techpro.callclient.engine.RegistrationSnapshot
import com.techpro.callclient.engine.call.Call
import com.techpro.callclient.engine.call.CallOptions
import com.techpro.callclient.engine.call.CommandOutcome
import com.techpro.callclient.engine.call.EstablishmentOutcome
import com.techpro.callclient.engine.call.RejectReason
import com.techpro.callclient.engine.call.TransferOutcome
import com.techpro.callclient.engine.message.MessageOptions
import com.techpro.callclient.engine.message.MessageOutcome
import com.techpro.callclient.engine.message.TextMessage
import com.techpro.callclient.engine.presence.CallCompletion
import com.techpro.callclient.engine.presence.CallCompletionOutcome
import com.techpro.callclient.engine.presence.PresenceStatus
import com.techpro.callclient.engine.presence.PublicationOutcome
import com.techpro.callclient.ports.secret.Secret
import java.util.concurrent.CancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive

/**
 * Dials, and waits until the two sides can talk or the call is over without that; its
 * [Call.snapshot] says which. Cancelling hangs up. From the return on the call is the caller's, and
 * only [Call.hangUp] ends it.
 */
public suspend fun Account.awaitDial(target: String, options: CallOptions = CallOptions.DEFAULT): Call {
    currentCoroutineContext().ensureActive()
    val call = dial(target, options)
    try {
        call.whenEstablished().answer()
    } catch (cancelled: CancellationException) {
        call.giveUp()
        throw cancelled
    }
    return call
}

/**
 * Waits for [Call.whenEstablished]. Cancelling ends the waiting alone, and the call goes on; see
 * [awaitDial].
 */
public suspend fun Call.awaitEstablished(): EstablishmentOutcome = answerTo { whenEstablished() }

/** Waits for [Call.answer]. Cancelling ends only the waiting, as with all commands below. */
public suspend fun Call.awaitAnswer(options: CallOptions = CallOptions.DEFAULT): CommandOutcome =
    answerTo { answer(options) }

/** Waits for [Call.silence]. */
public suspend fun Call.awaitSilence(): CommandOutcome = answerTo { silence() }

/** Waits for [Call.reject]. */
public suspend fun Call.awaitReject(reason: RejectReason): CommandOutcome = answerTo { reject(reason) }

/** Waits for [Call.forward]. */
public suspend fun Call.awaitForward(number: String): CommandOutcome = answerTo { forward(number) }

/** Waits for [Call.hold]. */
public suspend fun Call.awaitHold(): CommandOutcome = answerTo { hold() }

/** Waits for [Call.resume], which the other side has to accept. */
public suspend fun Call.awaitResume(): CommandOutcome = answerTo { resume() }

/** Waits for [Call.sendDtmf]. */
public suspend fun Call.awaitSendDtmf(tones: String): CommandOutcome = answerTo { sendDtmf(tones) }

/** Waits for [Call.merge]. */
public suspend fun Call.awaitMerge(other: Call): CommandOutcome = answerTo { merge(other) }

/** Waits for [Call.acceptTransfer]. */
public suspend fun Call.awaitAcceptTransfer(): CommandOutcome = answerTo { acceptTransfer() }

/** Waits for [Call.refuseTransfer]. */
public suspend fun Call.awaitRefuseTransfer(): CommandOutcome = answerTo { refuseTransfer() }

/** Waits for [Call.setMuted]. */
public suspend fun Call.awaitSetMuted(muted: Boolean): CommandOutcome = answerTo { setMuted(muted) }

/** Waits for [Call.useDevices]. */
public suspend fun Call.awaitUseDevices(captureDevice: String?, playbackDevice: String?): CommandOutcome =
    answerTo { useDevices(captureDevice, playbackDevice) }

/**
 * Waits for [Call.transfer]. Cancelling ends the waiting alone: a transfer that was asked for
 * cannot be taken back.
 */
public suspend fun Call.awaitTransfer(target: String): TransferOutcome = answerTo { transfer(target) }

/** Waits for [Call.transferTo], with the rules of [awaitTransfer]. */
public suspend fun Call.awaitTransferTo(other: Call): TransferOutcome = answerTo { transferTo(other) }

/** Waits for [Account.register]. Cancelling ends only the waiting. */
public suspend fun Account.awaitRegister(): RegistrationSnapshot = answerTo { register() }

/** Waits for [Account.updateCredentials]. Cancelling ends only the waiting: the password is replaced. */
public suspend fun Account.awaitUpdateCredentials(password: Secret): RegistrationSnapshot =
    answerTo { updateCredentials(password) }

/** Waits for [Account.whenRegistered]. Cancelling ends the waiting alone. */
public suspend fun Account.awaitRegistered(): RegistrationSnapshot = answerTo { whenRegistered() }

/** Waits for [Account.whenRegisteredOrFailed]. Cancelling ends the waiting alone. */
public suspend fun Account.awaitRegisteredOrFailed(): RegistrationSnapshot = answerTo { whenRegisteredOrFailed() }

/**
 * Waits for [Account.publishPresence]. Cancelling ends the waiting alone: the status is published
 * nevertheless.
 */
public suspend fun Account.awaitPublishPresence(status: PresenceStatus, note: String? = null): PublicationOutcome =
    answerTo { publishPresence(status, note) }

/** Waits for [Account.withdrawPresence]. Cancelling ends the waiting alone. */
public suspend fun Account.awaitWithdrawPresence(): PublicationOutcome = answerTo { withdrawPresence() }

/**
 * Waits for [Account.sendMessage]. Cancelling ends the waiting alone: the text is sent
 * nevertheless.
 */
public suspend fun Account.awaitSendMessage(
    target: String,
    text: String,
    options: MessageOptions = MessageOptions.DEFAULT,
): MessageOutcome = answerTo { sendMessage(target, text, options) }

/** Waits for [Account.confirmDisplayed]. Cancelling ends the waiting alone. */
public suspend fun Account.awaitConfirmDisplayed(message: TextMessage): MessageOutcome =
    answerTo { confirmDisplayed(message) }

/**
 * Begins [Account.callWhenFree], and waits until somebody is called or nobody will be. Cancelling
 * cancels it; a call that was made at that moment is hung up.
 */
public suspend fun Account.awaitCallWhenFree(
    extension: String,
    options: CallOptions = CallOptions.DEFAULT,
): CallCompletionOutcome {
    currentCoroutineContext().ensureActive()
    val completion = callWhenFree(extension, options)
    try {
        return completion.outcome().answer()
    } catch (cancelled: CancellationException) {
        completion.cancel()
        completion.outcome().thenAccept { (it as? CallCompletionOutcome.Called)?.call?.giveUp() }
        throw cancelled
    }
}

/**
 * Waits for [CallCompletion.outcome]. Cancelling ends the waiting alone; see [awaitCallWhenFree].
 */
public suspend fun CallCompletion.awaitOutcome(): CallCompletionOutcome = answerTo { outcome() }

private fun Call.giveUp() {
    try {
        hangUp()
    } catch (_: IllegalStateException) {
        // The client was closed, and its calls are over.
    }
}
