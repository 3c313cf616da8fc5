// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import java.time.Instant;

/**
 * A change of the device's network. It does not record which network: its name and addresses would
 * reveal the user's location.
 *
 * @param connected whether there is a network
 * @param another whether it is another network than before
 */
public record NetworkChange(Instant time, boolean connected, boolean another) {}
