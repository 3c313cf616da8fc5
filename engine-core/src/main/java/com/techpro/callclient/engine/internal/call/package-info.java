// SPDX-License-Identifier: Apache-2.0
/**
 * Calls: from dialling or ringing to a typed ending.
 *
 * <p>An incoming call, station by station, and what each does:
 *
 * <table>
 *   <caption>From the bytes to the host, and back</caption>
 *   <tr><td>{@code sip.message.StreamFramer}, {@code SipParser}</td><td>cut and parse one message</td></tr>
 *   <tr><td>{@code sip.transaction.ServerTransactions}</td><td>absorb what came before</td></tr>
 *   <tr><td>{@code sip.UasCore}</td><td>finds the dialog or account</td></tr>
 *   <tr><td>{@code AccountSession}</td><td>lets it ring, or refuses</td></tr>
 *   <tr><td>{@code CallSession}</td><td>feeds the machine, runs effects</td></tr>
 *   <tr><td>{@code CallCommands}</td><td>does what the host asks</td></tr>
 *   <tr><td>{@code CallMachine}</td><td>decides what happens next</td></tr>
 *   <tr><td>{@code CallSignalling}</td><td>sends it, keeps what's owed</td></tr>
 *   <tr><td>{@code CallMedia}</td><td>opens ports, follows the phase</td></tr>
 *   <tr><td>{@code SnapshotPublisher}</td><td>tells what changed</td></tr>
 * </table>
 *
 * <p>Once it rings, a request of the call goes from {@code sip.UasCore} to {@code CallSignalling} and nowhere else: CANCEL, BYE, UPDATE, the ACK
 * and the loss of the flow all come by its dialog, which is registered from the 180 on. An outgoing call has such a dialog for each phone that
 * rings, from its first provisional response on.
 *
 * <p>Its classes lie in layers, of which each knows those below it ({@code ArchitectureTest} has them all). What is below a call knows none: it
 * posts {@code CallInput}s to the one mailbox that it is given, which is {@code CallSession.feed}.
 *
 * <pre>
 *   AccountSession, CallObserver        one account: its calls, and who hears of them
 *   CallSession, CallCommands           one call: takes what is posted, runs the machine and its effects, does what the host asks
 *   CallTransfers and its two kinds     who is called in place of whom; a TransferLeg is what they see of a call
 *   CallPaths, AccountMedia, LearntKeys where media goes: opened, found by ICE, moved with the account
 *   CallMedia, LocalMix, AudioPath      what is heard and said
 *   CallSignalling and its requests     what is sent, what comes in, and what is owed
 *   CallReporter, SnapshotPublisher     what is told of the call
 *   CallMachine, CallPhase, CallInput, CallEffect, CommandRules    pure: what happens next
 *   CallContext, IceServers, ...        what calls share, and values
 * </pre>
 *
 * <p>An input that is a {@code CallInput.Finding} leads to no other phase and is not for the machine: it is told, or is for transfers and paths.
 *
 * <p>Who owes an answer: what comes in with an id ({@code RequestId}, {@code AnswerId}) is answered by the effect that carries the same one;
 * candidates, at once. An effect whose target is not there throws.
 */
@NullMarked
package com.techpro.callclient.engine.internal.call;

import org.jspecify.annotations.NullMarked;
