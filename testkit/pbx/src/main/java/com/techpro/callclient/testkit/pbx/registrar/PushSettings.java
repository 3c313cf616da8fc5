// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.registrar;

import com.techpro.callclient.ports.push.PushToken;
import java.util.function.Consumer;

/**
 * The push service of the PBX (RFC 8599).
 *
 * @param provider its {@code pn-provider}
 * @param wake called for each device to wake, on the PBX's loop
 */
public record PushSettings(String provider, Consumer<PushToken> wake) {}
