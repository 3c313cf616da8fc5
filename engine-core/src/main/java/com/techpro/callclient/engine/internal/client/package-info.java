// SPDX-License-Identifier: Apache-2.0
/**
 * The composition root: builds the engine and implements the exported interfaces. Its layers, from
 * below; each knows only those below it:
 *
 * <ol>
 *   <li>shared: {@code ClientContext}, {@code Gate}, {@code Listeners}, {@code CurrentPolicy};
 *   <li>accounts and calls: {@code CallRegistry}, which holds {@code AccountState} and
 *       {@code CallHandle}, and {@code OutgoingCalls}, which dials;
 *   <li>services, named for what they own: lamps, conferences, messages, publications, directory,
 *       voicemail, tones; {@code UserSession} has the user's data;
 *   <li>{@code EngineEvents}, which notifies services and host, and {@code CurrentState}, which
 *       gives new listeners the current state;
 *   <li>handles, which check the gate and post to the loop, such as {@code AccountHandle}, and
 *       {@code AccountFactory}, which creates them;
 *   <li>{@code Logins}, {@code Shutdown}, {@code Engine}, {@code ClientHandle}.
 * </ol>
 */
@NullMarked
package com.techpro.callclient.engine.internal.client;

import org.jspecify.annotations.NullMarked;
