// SPDX-License-Identifier: Apache-2.0
/**
 * A Wazo: login, profile, SIP line, voicemail, call log, directory, rooms and events, by its REST
 * interfaces and its WebSocket. The code follows their published descriptions; see
 * docs/phone-systems.md.
 */
@NullMarked
package com.techpro.callclient.adapters.phonesystems.wazo;

import org.jspecify.annotations.NullMarked;
