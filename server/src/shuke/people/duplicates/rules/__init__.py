"""Pure decisions about who may be one person: spellings, blocks, comparisons, weights, the policy of merging."""
