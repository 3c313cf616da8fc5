// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.engine.privacy.StorageStatus;

/**
 * Where callers are sent, at one moment.
 *
 * @param rules {@link ForwardingRules#NONE} where the organisation does not permit it
 * @param storage whether they will be remembered; OFF where the organisation does not permit it
 */
public record CallForwardingSnapshot(ForwardingRules rules, StorageStatus storage) {}
