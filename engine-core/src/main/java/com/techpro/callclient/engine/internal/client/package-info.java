// SPDX-License-Identifier: Apache-2.0
/**
 * The composition root: builds the engine of its parts, and gives the exported interfaces what is behind them. From below, each naming none
 * above it:
 *
 * <ol>
 *   <li>what all stand on: {@code ClientContext}, {@code Gate}, {@code Listeners}, {@code CurrentPolicy};
 *   <li>what there is: {@code CallRegistry}, which holds {@code AccountEntry} and {@code CallHandle}, and {@code OutgoingCalls}, which dials;
 *   <li>services, each of which owns what it is named for: lamps, conferences, messages, publications, directory, voicemail, tones;
 *       {@code UserSession} is what there is of a user;
 *   <li>{@code EventDispatcher}, which tells services and host what happens, and {@code CurrentState}, which tells how things stand;
 *   <li>handles, which ask the gate and post to the loop, such as {@code AccountHandle}, and {@code Accounts}, which makes those;
 *   <li>{@code Logins}, {@code Shutdown}, {@code Engine}, {@code ClientHandle}.
 * </ol>
 */
@NullMarked
package com.techpro.callclient.engine.internal.client;

import org.jspecify.annotations.NullMarked;
