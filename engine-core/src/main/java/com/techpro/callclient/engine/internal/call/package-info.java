// SPDX-License-Identifier: Apache-2.0
/**
 * Calls, from dialling or ringing to a typed ending.
 *
 * <p>The path of an incoming call:
 *
 * <table>
 *   <caption>From bytes to the host, and back</caption>
 *   <tr><td>{@code sip.message.StreamFramer}, {@code SipParser}</td>
 *       <td>split and parse one message</td></tr>
 *   <tr><td>{@code sip.transaction.ServerTransactions}</td><td>absorbs retransmissions</td></tr>
 *   <tr><td>{@code sip.UasCore}</td><td>finds the dialog or account</td></tr>
 *   <tr><td>{@code IncomingCallRules}</td><td>decides: ring, refuse, forward, replace</td></tr>
 *   <tr><td>{@code CallSession}</td><td>feeds the machine, runs effects</td></tr>
 *   <tr><td>{@code CallCommands}</td><td>runs the host's commands</td></tr>
 *   <tr><td>{@code CallMachine}</td><td>decides what happens next</td></tr>
 *   <tr><td>{@code CallSignalling}</td><td>sends messages</td></tr>
 *   <tr><td>{@code SessionResponses}</td><td>answers the far end's requests</td></tr>
 *   <tr><td>{@code CallMedia}</td><td>opens ports, follows the phase</td></tr>
 *   <tr><td>{@code SnapshotPublisher}</td><td>publishes what changed</td></tr>
 * </table>
 *
 * <p>From the 180 on, every request of the call goes from {@code sip.UasCore} to
 * {@code CallRequests} only. CANCEL, BYE, UPDATE, the ACK and the loss of the flow all arrive
 * through the registered dialog. An outgoing call has such a dialog for each ringing phone, from
 * its first provisional response on.
 *
 * <p>The classes form layers; each knows only those below it ({@code ArchitectureTest} lists them
 * all). The parts of a call do not know it: they post {@code CallInput}s to the mailbox that they
 * are given, which is {@code CallSession.feed}.
 *
 * <pre>
 *   AccountSession, AccountRequests     one account: its calls, requests for it outside dialogs
 *   CallSession, CallCommands, CallReport one call: inputs, machine, effects, commands, reports
 *   Ringing, CallTimers                 how long it rings, and is forwarded; its timers
 *   CallTransfers and its two kinds     transfers, requested by us or by the far end
 *   MediaAddressing, AccountMedia, LearntKeys media addresses: opened, found by ICE, moved
 *   CallMedia, CallSound, LocalMix, AudioPath  media session, devices, mix
 *   CallSignalling and its requests     SIP messages, and those that need an answer
 *   CallReporter, SnapshotPublisher     events and snapshots for the host
 *   CallMachine, CallPhase, CallInput, CallEffect, CommandRules    pure: what happens next
 *   CallContext, IceServers, ...        shared objects, and values
 * </pre>
 *
 * <p>Every input goes to the machine, so that a trace replays the call from its first input. An
 * {@code Observation} changes no phase; its effect reports it to the host.
 *
 * <p>An input with an id ({@code RequestId}, {@code AnswerId}) is answered by the effect with the
 * same id. An effect without a matching id throws.
 */
@NullMarked
package com.techpro.callclient.engine.internal.call;

import org.jspecify.annotations.NullMarked;
