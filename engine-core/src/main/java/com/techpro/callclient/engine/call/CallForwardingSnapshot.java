// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.engine.privacy.StorageStatus;

/**
 * The call forwarding at one moment.
 *
 * @param rules {@link ForwardingRules#NONE} if the organisation does not permit forwarding
 * @param storage whether the rules will be remembered; OFF if the organisation does not permit forwarding
 */
public record CallForwardingSnapshot(ForwardingRules rules, StorageStatus storage) {}
