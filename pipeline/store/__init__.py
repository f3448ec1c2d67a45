"""The output folder: staging, publishing, manifests, and what is known already. No Beam, no language."""
