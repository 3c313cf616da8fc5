// SPDX-License-Identifier: Apache-2.0
/**
 * A Wazo: login, profile, SIP line, voicemail, call log, directory, rooms and events over its REST interfaces and its WebSocket. Written from
 * the published description of each; see docs/phone-systems.md.
 */
@NullMarked
package com.techpro.callclient.adapters.phonesystems.wazo;

import org.jspecify.annotations.NullMarked;
