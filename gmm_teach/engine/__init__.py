"""The workshop: EM that is fast and holds at any scale, where the lesson's files stay plain."""
